package org.badak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A table of requests that must not reach a handler's end: each is refused or cut, and nothing of it comes back as
/// HTML.
class SecurityTest {
    private static final String TOKEN = "right-token-0123456789";
    private static final String OK_HOST = "Host: localhost:{port}\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final int MOST_BODY = 1000;

    private static final AtomicInteger PASSED = new AtomicInteger();
    private static WebServer open;
    private static WebServer locked;

    /// @param group for reading
    /// @param locked whether it goes to the server that asks for a token
    /// @param request `{port}` becomes the port
    /// @param expected statuses; 0: the connection is cut without a word
    record Attack(String group, boolean locked, String request, Set<Integer> expected) {
        @Override
        public String toString() {
            String line = request.replaceAll("[^ -~]+", " | ");
            return group + ": " + (line.length() <= 110 ? line : line.substring(0, 110) + "...");
        }
    }

    @BeforeAll
    static void start() {
        List<Route> routes = List.of(
                Route.get("/", request -> passed(Content.text("page"))),
                Route.get("/names/{name}", request -> passed(Content.json(Json.of(request.name("name"))))),
                Route.post("/echo", request -> passed(Content.json(request.json()))),
                Route.get("/health", request -> passed(Content.text("ok"))).opened(),
                Route.get(
                        "/style.css",
                        request -> passed(
                                StaticFile.of("text/css", new byte[] {'b'}).answer(request))));
        Limits limits = Limits.USUAL.withBody(MOST_BODY);
        open = WebServer.start(Access.loopback(0), limits, Listener.SILENT, routes);
        locked = WebServer.start(new Access("", 0, TOKEN, List.of()), limits, Listener.SILENT, routes);
    }

    private static Content passed(Content content) {
        PASSED.incrementAndGet();
        return content;
    }

    @AfterAll
    static void stop() {
        open.close();
        locked.close();
    }

    static Stream<Attack> attacks() {
        List<Attack> all = new ArrayList<>();
        hosts(all);
        origins(all);
        methods(all);
        paths(all);
        tokens(all);
        oversized(all);
        smuggled(all);
        scripts(all);
        return all.stream();
    }

    @Test
    void thereAreAtLeastOneHundredAndFifty() {
        assertThat(attacks().count()).isGreaterThanOrEqualTo(150);
        assertThat(attacks()
                        .map(attack -> attack.locked() + attack.request())
                        .distinct()
                        .count())
                .isEqualTo(attacks().count());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void nonePasses(Attack attack) throws IOException {
        PASSED.set(0);

        RawClient.Answer answer = new RawClient((attack.locked() ? locked : open).port()).send(attack.request());

        assertThat(PASSED).as("requests that passed").hasValue(0);
        assertThat(answer.status()).as(answer.head() + answer.body()).isIn(attack.expected());
        if (answer.head().contains("text/html")) { // of the JDK's server itself: fixed texts
            assertThat(answer.body()).matches("<h1>[0-9]{3} [A-Za-z ]+</h1>[A-Za-z -]*");
        } else if (answer.status() > 0) {
            assertThat(answer.has("X-Content-Type-Options", "nosniff")).isTrue();
            assertThat(answer.has("Content-Security-Policy", "default-src 'self'"))
                    .isTrue();
            assertThat(answer.has("Content-Type", "application/json")).isTrue();
            assertThat(answer.head()).doesNotContain("Set-Cookie").doesNotContain("Access-Control-Allow");
            if (!attack.request().startsWith("HEAD")) {
                assertThat(Json.parse(answer.body())).isInstanceOf(Json.Members.class);
            }
        }
        assertThat(answer.body()).doesNotContain("root:").doesNotContain(TOKEN);
    }

    @Test
    void theSameRequestsWithoutTheAttackPass() throws IOException {
        RawClient client = new RawClient(open.port());
        RawClient other = new RawClient(locked.port());

        assertThat(client.get("/", "").status()).isEqualTo(200);
        assertThat(client.get("/", "Origin: http://localhost:{port}\r\n").status())
                .isEqualTo(200);
        assertThat(client.get("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n")
                        .status())
                .as("a link to the page")
                .isEqualTo(200);
        assertThat(client.get("/style.css", "Sec-Fetch-Site: same-origin\r\n").status())
                .isEqualTo(200);
        assertThat(client.get("/names/%EB%B0%94%EB%8B%A5%201", "").body()).isEqualTo("\"바닥 1\"");
        assertThat(client.send("GET / HTTP/1.1\r\nHost: [::1]:{port}\r\n" + CLOSE + "\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(client.send(post("{\"a\":1}", "")).body()).isEqualTo("{\"a\":1}");
        assertThat(other.get("/", "Authorization: Bearer " + TOKEN + "\r\n").status())
                .isEqualTo(200);
        assertThat(other.get("/health", "").status()).isEqualTo(200);
    }

    @Test
    void scriptInANameComesBackAsJsonOnly() throws IOException {
        RawClient.Answer answer = new RawClient(open.port()).get("/names/%3Cscript%3Ealert(1)%3C%2Fx", "");
        RawClient.Answer plain = new RawClient(open.port()).get("/names/%3Cscript%3Ealert(1)", "");

        assertThat(answer.status()).as("a slash is no part of a name").isEqualTo(404);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.has("Content-Type", "application/json")).isTrue();
        assertThat(plain.has("X-Content-Type-Options", "nosniff")).isTrue();
    }

    @Test
    void linkGivesACookieOnce() throws IOException {
        RawClient client = new RawClient(locked.port());
        String path = locked.link().getPath() + "?" + locked.link().getQuery();

        RawClient.Answer first = client.get(path, "");
        RawClient.Answer second = client.get(path, "");
        String cookie = first.header("Set-Cookie");

        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("Location")).isEqualTo("/");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(TOKEN);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.head()).doesNotContain("Set-Cookie");
        assertThat(client.get("/", "Cookie: other=1; " + cookie.split(";")[0] + "\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/", "Cookie: " + cookie.split(";")[0] + "x\r\n").status())
                .isEqualTo(401);
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\n" + headers + CLOSE + "\r\n";
    }

    private static String post(String body, String headers) {
        return "POST /echo HTTP/1.1\r\n" + OK_HOST + CLOSE + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body;
    }

    private static void hosts(List<Attack> all) {
        all.add(new Attack("host", false, get("/", ""), Set.of(421)));
        for (String host : List.of(
                "",
                "evil.example",
                "evil.example:{port}",
                "localhost.evil.example:{port}",
                "127.0.0.1.evil.example",
                "127.0.0.1@evil.example",
                "user@localhost:{port}",
                "evil.example#127.0.0.1",
                "localhost:{port}:80",
                "localhost:abc",
                "localhost:",
                "localhost:123456",
                "[::1",
                "[::2]:{port}",
                "[::ffff:127.0.0.1]:{port}",
                "0.0.0.0:{port}",
                "127.0.0.2:{port}",
                "127.1:{port}",
                "2130706433",
                "0x7f000001",
                "localhost.:{port}",
                "localhost evil.example",
                "localhost,evil.example",
                "localhost/..",
                "http://localhost:{port}",
                "loc\u00e4lhost",
                "*")) {
            all.add(new Attack("host", false, get("/", "Host: " + host + "\r\n"), Set.of(421)));
        }
        all.add(new Attack("host", false, get("/", OK_HOST + "Host: evil.example\r\n"), Set.of(400)));
        all.add(new Attack("host", false, get("/", OK_HOST + OK_HOST), Set.of(400)));
        all.add(new Attack(
                "host", false, get("/", "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n"), Set.of(421)));
        all.add(new Attack("host", true, get("/health", "Host: evil.example\r\n"), Set.of(421)));
    }

    private static void origins(List<Attack> all) {
        for (String origin : List.of(
                "",
                "null",
                "http://evil.example",
                "https://evil.example",
                "http://localhost",
                "http://localhost:1",
                "http://127.0.0.1:{port}",
                "http://localhost:{port}.evil.example",
                "http://localhost:{port}/",
                "http://evil.example http://localhost:{port}",
                "file://",
                "chrome-extension://abcdef",
                "ftp://localhost:{port}",
                "http://user@localhost:{port}",
                "localhost:{port}")) {
            all.add(new Attack("origin", false, post("{}", "Origin: " + origin + "\r\n"), Set.of(403)));
        }
        all.add(new Attack(
                "origin",
                false,
                post("{}", "Origin: http://localhost:{port}\r\nOrigin: http://evil.example\r\n"),
                Set.of(400)));
        for (String site : List.of("cross-site", "same-site", "", "anything")) {
            all.add(new Attack(
                    "fetch", false, get("/style.css", OK_HOST + "Sec-Fetch-Site: " + site + "\r\n"), Set.of(403)));
        }
        all.add(new Attack("fetch", false, post("{}", "Sec-Fetch-Site: cross-site\r\n"), Set.of(403)));
        all.add(new Attack(
                "fetch", false, post("{}", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"), Set.of(403)));
        all.add(new Attack(
                "fetch",
                false,
                get("/names/a", OK_HOST + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"),
                Set.of(403)));
    }

    private static void methods(List<Attack> all) {
        for (String method :
                List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "GETT", "DEBUG", "PRI")) {
            all.add(new Attack("method", false, method + " / HTTP/1.1\r\n" + OK_HOST + CLOSE + "\r\n", Set.of(405)));
        }
        all.add(new Attack("method", false, post("{}", "").replace("/echo", "/"), Set.of(405)));
        all.add(new Attack("method", false, get("/echo", OK_HOST), Set.of(405)));
        all.add(new Attack("method", false, get("/echo", OK_HOST).replace("GET", "HEAD"), Set.of(405)));
        all.add(new Attack(
                "method", false, post("{}", "X-HTTP-Method-Override: GET\r\n").replace("/echo", "/"), Set.of(405)));
        all.add(new Attack(
                "method",
                false,
                "OPTIONS /echo HTTP/1.1\r\n" + OK_HOST + "Access-Control-Request-Method: POST\r\n" + CLOSE + "\r\n",
                Set.of(405)));
        all.add(new Attack(
                "method",
                false,
                "CONNECT evil.example:443 HTTP/1.1\r\n" + OK_HOST + CLOSE + "\r\n",
                Set.of(0, 400, 404)));
        all.add(new Attack("method", false, " / HTTP/1.1\r\n" + OK_HOST + CLOSE + "\r\n", Set.of(400, 405)));
    }

    private static void paths(List<Attack> all) {
        for (String path : List.of(
                "/../etc/passwd",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/%2E%2E/etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/..%5c..%5cetc%5cpasswd",
                "/%252e%252e/etc/passwd",
                "/%c0%ae%c0%ae/etc/passwd",
                "/names/..",
                "/names/%2e%2e",
                "/names/..%2f..%2fetc%2fpasswd",
                "/names/..%5cwindows",
                "/names/%2e%2e%2fa",
                "/names/%252e%252e",
                "/names/%252fetc",
                "/names/a%2fb",
                "/names/a%5cb",
                "/names/a%00",
                "/names/%00",
                "/names/a%0d%0aX:1",
                "/names/%7f",
                "/names/%c0%ae%c0%ae",
                "/names/%c0%af",
                "/names/%e0%80%af",
                "/names/%ff",
                "/names/%ed%a0%80",
                "/names/.",
                "/names/.hidden",
                "/names/",
                "/names//a",
                "/names/a/",
                "/names/a/../../style.css",
                "//style.css",
                "/./style.css",
                "/x/../style.css",
                "/style.css/",
                "/style.css/..",
                "/style.css%00",
                "/style.css%20",
                "/style.css;a=b",
                "/STYLE.CSS",
                "/%73tyle.css",
                "/style%2ecss",
                "/etc/passwd",
                "/C:/windows/win.ini",
                "/WEB-INF/web.xml",
                "/.git/config",
                "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t")) {
            all.add(new Attack("path", false, get(path, OK_HOST), Set.of(404, 400)));
        }
        for (String target : List.of(
                "http://evil.example/style.css",
                "http://localhost:{port}/style.css",
                "file:///etc/passwd",
                "//evil.example/style.css",
                "*",
                "style.css",
                "/style.css#part",
                "/names/%u002e",
                "/names/%zz",
                "/names/%",
                "/names/\\..\\a",
                "/?a=1&a=2",
                "/?%zz=1")) {
            all.add(new Attack("target", false, get(target, OK_HOST), Set.of(400, 404)));
        }
    }

    private static void tokens(List<Attack> all) {
        all.add(new Attack("token", true, get("/", OK_HOST), Set.of(401)));
        all.add(new Attack("token", true, get("/nothing", OK_HOST), Set.of(401)));
        all.add(new Attack("token", true, get("/echo", OK_HOST), Set.of(401)));
        all.add(new Attack("token", true, post("{}", ""), Set.of(401)));
        for (String authorization : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer right-token-012345678",
                "Bearer right-token-01234567890",
                "Bearer RIGHT-TOKEN-0123456789",
                "Bearer " + TOKEN + ", Bearer " + TOKEN,
                "Basic " + TOKEN,
                TOKEN,
                "Bearer null",
                "Bearer *")) {
            all.add(new Attack(
                    "token", true, get("/", OK_HOST + "Authorization: " + authorization + "\r\n"), Set.of(401)));
        }
        all.add(new Attack(
                "token",
                true,
                get("/", OK_HOST + "Authorization: Bearer wrong\r\nAuthorization: Bearer " + TOKEN + "\r\n"),
                Set.of(400)));
        for (String query : List.of("?token=", "?token=wrong", "?token=" + TOKEN, "?code=" + TOKEN)) {
            all.add(new Attack("token", true, get("/" + query, OK_HOST), Set.of(401)));
        }
        for (String cookie : List.of("badak_{port}=", "badak_{port}=" + TOKEN, "badak=" + TOKEN, "token=" + TOKEN)) {
            all.add(new Attack("cookie", true, get("/", OK_HOST + "Cookie: " + cookie + "\r\n"), Set.of(401)));
        }
        for (String forwarded : List.of("X-Forwarded-For: 127.0.0.1", "X-Real-IP: ::1", "Forwarded: for=127.0.0.1")) {
            all.add(new Attack("token", true, get("/", OK_HOST + forwarded + "\r\n"), Set.of(401)));
        }
    }

    private static void oversized(List<Attack> all) {
        String long20k = "a".repeat(20_000);
        all.add(new Attack("size", false, post("\"" + "a".repeat(MOST_BODY) + "\"", ""), Set.of(413)));
        all.add(new Attack("size", false, chunked("3e9\r\n" + "1".repeat(1001) + "\r\n0\r\n\r\n"), Set.of(413)));
        all.add(new Attack("size", false, get("/" + long20k, OK_HOST), Set.of(0)));
        all.add(new Attack("size", false, get("/?" + long20k, OK_HOST), Set.of(0)));
        all.add(new Attack("size", false, get("/", OK_HOST + "X: " + long20k + "\r\n"), Set.of(0)));
        all.add(new Attack("size", false, get("/", OK_HOST + manyHeaders()), Set.of(0)));
        all.add(new Attack("size", false, get("/?" + "a=1&".repeat(100) + "b=1", OK_HOST), Set.of(400)));
        for (String length : List.of(
                "999999999999999999", "99999999999999999999999999", "-1", "+2", "0x2", "2,2", "2 2", "2.0", "")) {
            all.add(new Attack(
                    "length",
                    false,
                    "POST /echo HTTP/1.1\r\n" + OK_HOST + CLOSE + "Content-Type: application/json\r\nContent-Length: "
                            + length + "\r\n\r\n{}",
                    Set.of(400, 413)));
        }
    }

    private static String manyHeaders() {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            headers.append("X-").append(i).append(": 1\r\n");
        }
        return headers.toString();
    }

    private static String chunked(String body) {
        return "POST /echo HTTP/1.1\r\n" + OK_HOST + CLOSE
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
    }

    private static void smuggled(List<Attack> all) {
        Map<String, String> headers = Map.ofEntries(
                Map.entry("two lengths", "Content-Length: 2\r\nContent-Length: 2\r\n"),
                Map.entry("two other lengths", "Content-Length: 2\r\nContent-Length: 50\r\n"),
                Map.entry("length and chunked", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
                Map.entry("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"),
                Map.entry("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
                Map.entry("chunked in a list", "Transfer-Encoding: gzip, chunked\r\n"),
                Map.entry("not chunked", "Transfer-Encoding: xchunked\r\n"),
                Map.entry("identity", "Transfer-Encoding: identity\r\nContent-Length: 2\r\n"),
                Map.entry("blank before the colon", "Content-Length : 2\r\n"),
                Map.entry("blank in a name", "Content Length: 2\r\n"),
                Map.entry("no colon", "Content-Length 2\r\n"),
                Map.entry("empty name", ": 2\r\n"),
                Map.entry("control in a name", "Con\u0001tent-Length: 2\r\n"));
        headers.forEach((name, lines) -> all.add(new Attack(
                "smuggling, " + name,
                false,
                "POST /echo HTTP/1.1\r\n" + OK_HOST + CLOSE + "Content-Type: application/json\r\n" + lines + "\r\n{}",
                Set.of(0, 400, 501))));
        for (String body : List.of("zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX0\r\n\r\n", "")) {
            all.add(new Attack("chunk", false, chunked(body), Set.of(0, 400)));
        }
        for (String line : List.of("GET /", "GET / HTTP/2.0", "GET / HTTP/9", "GET / HTTP/1.1 x", "GET")) {
            all.add(new Attack("line", false, line + "\r\n" + OK_HOST + CLOSE + "\r\n", Set.of(0, 400)));
        }
        all.add(new Attack("line", false, get("/", OK_HOST).replace("\r", ""), Set.of(0, 400)));
        all.add(new Attack("line", false, "\u0016\u0003\u0001\u0002\u0000\u0001", Set.of(0, 400)));
    }

    private static void scripts(List<Attack> all) {
        String script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        all.add(new Attack("script", false, get("/" + script, OK_HOST), Set.of(404)));
        all.add(new Attack("script", false, get("/names/" + script, OK_HOST), Set.of(404)));
        all.add(new Attack("script", false, get("/names/<script>alert(1)</script>", OK_HOST), Set.of(400)));
        all.add(new Attack("script", false, get("/?" + script + "&" + script, OK_HOST), Set.of(400)));
        all.add(new Attack("script", false, get("/", "Host: <script>alert(1)</script>\r\n"), Set.of(421)));
        all.add(new Attack("script", false, post("{}", "Origin: <script>alert(1)</script>\r\n"), Set.of(403)));
        all.add(new Attack("script", false, "<script> / HTTP/1.1\r\n" + OK_HOST + CLOSE + "\r\n", Set.of(405)));
        all.add(new Attack("script", false, post("<script>alert(1)</script>", ""), Set.of(400)));
        all.add(new Attack("script", false, post("{}", "").replace("application/json", "text/html"), Set.of(415)));
        all.add(new Attack("script", false, post("{}", "").replace("application/json", "<script>"), Set.of(415)));
    }
}
