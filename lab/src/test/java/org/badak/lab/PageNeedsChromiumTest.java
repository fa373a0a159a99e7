package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.badak.server.Access;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page in a real browser: every room is opened, its main control used, its figure seen to change, without an error
/// in the console. Pictures of all rooms are left in `target/screenshots`.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class PageNeedsChromiumTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String SLIDE = "(() => { const s = document.querySelectorAll('.main input[type=range]')[%d];"
            + " s.value = %s; s.dispatchEvent(new Event('input', {bubbles: true})); })()";
    private static final String START = "document.querySelector('.main .main-action').click()";
    /// Whether the columns of fruits.csv are in sight.
    private static final String FRUITS = "/identifier, left out/.test(document.querySelector('.main').innerText)";
    /// What a reader sees: the sentence, the numbers, and every figure to the pixel.
    private static final String SIGHT = "(() => { let h = 0; const add = (t) => { for (let i = 0; i < t.length; i++)"
            + " h = (31 * h + t.charCodeAt(i)) | 0; }; add(document.querySelector('.main').innerText);"
            + " document.querySelectorAll('.main canvas').forEach((c) => add(c.toDataURL())); return String(h); })()";

    /// Controls that a screen reader could not name.
    private static final String NAMELESS = "[...document.querySelectorAll('.main input, .main select, .main button')]"
            + ".filter((e) => !(e.labels?.length && e.labels[0].textContent.trim()) && !e.getAttribute('aria-label')"
            + " && !(e.tagName === 'BUTTON' && e.textContent.trim())).map((e) => e.outerHTML).join()";

    /// Elements that would keep the browser drawing by themselves.
    private static final String MOVING = "[...document.querySelectorAll('.main *')].filter((e) => {"
            + " const s = getComputedStyle(e); return s.transitionDuration !== '0s' || s.animationName !== 'none'; })"
            + ".map((e) => e.className).join()";

    @TempDir
    private static Path folder;

    private static Lab lab;
    private static Chromium browser;

    /// A room, what is done in it, and what is to be seen then.
    record Visit(String room, String ready, String control, String seen) {
        @Override
        public String toString() {
            return room;
        }
    }

    static List<Visit> visits() {
        String said = "document.querySelector('.seen').textContent";
        return List.of(
                new Visit("loss", said + ".includes('0.60')", SLIDE.formatted(0, "0.15"), said + ".includes('1.9')"),
                new Visit("accuracy", said + ".includes('%')", SLIDE.formatted(0, "3"), said + ".includes('%')"),
                new Visit(
                        "derivative",
                        said + ".includes('0.2')",
                        SLIDE.formatted(1, "-14"),
                        said + ".includes('10⁻¹⁴')"),
                new Visit(
                        "descent",
                        said + ".includes('100')",
                        SLIDE.formatted(0, "0.5"),
                        said + ".includes('Diverged')"),
                new Visit(
                        "step",
                        "document.querySelector('.pictures canvas')",
                        START,
                        "document.querySelector('.numbers')"),
                new Visit("gradient", said, START, "document.querySelectorAll('progress')[2].value > 0"),
                new Visit("overfitting", said, START, said + ".includes('%')"),
                new Visit(
                        "train",
                        "document.querySelector('.main select').value",
                        START,
                        "document.querySelector('.sheet').width > 1 && /After epoch [1-9]/.test(" + said + ")"),
                new Visit("draw", "document.querySelector('.board')", "1", "document.querySelector('.bars')"),
                new Visit(
                        "runs",
                        "document.querySelector('tbody tr')",
                        "document.querySelector('tbody button').click()",
                        "document.querySelector('.matrix')"));
    }

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "Chromium is not installed");
        Files.createDirectories(PICTURES);
        lab = Lab.open(Access.loopback(0), folder.resolve("runs"), RoomsTest.DIGITS, RoomsTest.TABLES);
        aRun();
        browser = Chromium.start();
        visit("home", "light", "en", false);
    }

    /// A short run, so that the room Runs has something to show.
    private static void aRun() throws InterruptedException {
        TrainingRoom room = new TrainingRoom(
                RoomsTest.DIGITS, RoomsTest.TABLES, new RunFolders(folder.resolve("runs")), new RoomsTest.Heard());
        RoomsTest.ask(
                room,
                "{\"do\":\"start\",\"data\":\"digits\",\"layers\":\"\",\"hidden\":\"20\",\"activation\":\"relu\","
                        + "\"initialisation\":\"he\",\"optimizer\":\"sgd\",\"rate\":0.1,\"batch\":100,"
                        + "\"iterations\":600,\"seed\":1}");
        room.current().orElseThrow().join(java.time.Duration.ofSeconds(100));
    }

    @AfterAll
    static void close() throws IOException {
        if (browser != null) {
            browser.close();
            lab.close();
        }
    }

    private static void visit(String room, String theme, String language, boolean phone) {
        browser.size(phone ? 390 : 1280, phone ? 844 : 800, phone);
        browser.open(lab.link());
        browser.await("the page", "document.readyState === 'complete' && location.origin !== 'null'");
        browser.script("document.body.dataset.old = 'yes'; localStorage.setItem('language', '" + language
                + "'); localStorage.setItem('theme', '" + theme + "'); location.hash = '#/" + room
                + "'; setTimeout(() => location.reload())");
        browser.await(
                "the room " + room,
                "!document.body.dataset.old && document.querySelector('.main')?.dataset.room === '" + room
                        + "' && document.documentElement.lang === '" + language + "' && document.querySelector('h1')");
    }

    private static void keep(String name) throws IOException {
        Files.write(PICTURES.resolve(name + ".png"), browser.picture());
    }

    @ParameterizedTest
    @MethodSource("visits")
    void mainControlChangesTheFigureWithoutAnError(Visit visit) throws IOException {
        visit(visit.room(), "light", "en", false);
        browser.await("the first figure", visit.ready());
        if (visit.room().equals("train")) {
            choose("Data", "digits"); // whatever another test has trained
        }
        String before = browser.script(SIGHT);
        if (visit.room().equals("draw")) {
            draw();
        } else {
            browser.script(visit.control());
        }
        browser.await("what the control does", visit.seen());
        browser.await("another sight", SIGHT + " !== '" + before + "'");

        keep(visit.room());
        assertThat(browser.script(NAMELESS)).as("controls without a name").isEmpty();
        assertThat(browser.errors()).isEmpty();
        leave();
    }

    /// A one, with the mouse.
    private static void draw() {
        String box = "(() => { const b = document.querySelector('.board').getBoundingClientRect();"
                + " return [b.left, b.top, b.width].join(); })()";
        String[] place = browser.script(box).split(",");
        double x = Double.parseDouble(place[0]) + Double.parseDouble(place[2]) / 2;
        double y = Double.parseDouble(place[1]) + Double.parseDouble(place[2]) / 5;
        double length = Double.parseDouble(place[2]) * 0.6;
        browser.drag(x, y, x, y + length / 3, x, y + 2 * length / 3, x, y + length);
    }

    private static void leave() {
        browser.script("(() => { const stop = [...document.querySelectorAll('.main button')]"
                + ".find((b) => b.textContent === 'Stop' && !b.disabled && !b.hidden); stop?.click(); })()");
    }

    @ParameterizedTest
    @MethodSource("visits")
    void roomsFitAPhoneInTheDarkAndSpeakKorean(Visit visit) throws IOException {
        visit(visit.room(), "dark", "ko", true);
        browser.await("a figure", "document.querySelector('.main .card')");

        assertThat(browser.script("String(document.documentElement.scrollWidth <= innerWidth)"))
                .as("nothing is wider than the phone")
                .isEqualTo("true");
        assertThat(browser.script("document.querySelector('h1').textContent")).containsPattern("[가-힣]");
        keep(visit.room() + "-phone-dark-ko");
        assertThat(browser.errors()).isEmpty();
    }

    private static void chooseData(String name) {
        browser.await("the order", "document.querySelector('.main select').value");
        choose("Data", name);
    }

    private static void startOnDigits(int steps) {
        chooseData("digits");
        browser.script("document.querySelectorAll('.main input[type=number]')[1].value = " + steps);
        browser.script(START);
    }

    /// A run that does not end by itself.
    private static void endlessRun() {
        startOnDigits(10_000_000);
        browser.await("an epoch", "/10,000,000.*After epoch [1-9]/.test(document.querySelector('.seen').textContent)");
    }

    private static long frames() {
        return Long.parseLong(browser.script("import('/pace.js').then((pace) => pace.drawn().frames)"));
    }

    @AfterEach
    void stopTheRun() {
        String ask =
                "fetch('/api/train', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{%s}'})"
                        + ".then((reply) => reply.json())";
        browser.script(ask.formatted("\"do\":\"stop\"") + ".then(() => '')");
        browser.await(
                "the end of the run",
                ask.formatted("\"do\":\"state\"")
                        + ".then((run) => !['preparing', 'running', 'paused'].includes(run.state))");
    }

    private static void press(String text) {
        browser.script(
                "[...document.querySelectorAll('.main button')].find((b) => b.textContent === '" + text + "').click()");
    }

    /// An open page costs the training what it draws: frames are counted, not time, which would differ with every
    /// machine.
    @Test
    void pageDrawsSeldomWhileANetworkTrainsAndNothingWhileItStandsStill() throws InterruptedException {
        visit("train", "light", "en", false);
        browser.size(1280, 1600, false); // every figure is seen
        endlessRun();
        long begun = System.nanoTime();
        long before = frames();
        browser.await(
                "four more frames", "import('/pace.js').then((pace) => pace.drawn().frames >= " + (before + 4) + ")");
        long drawn = frames() - before;
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat((double) drawn).as("frames in %.1f s", seconds).isLessThanOrEqualTo(2 + seconds / 0.7);
        assertThat(browser.script(MOVING)).as("what moves between frames").isEmpty();

        press("Pause");
        browser.await("the pause", "document.querySelector('.seen').textContent.includes('Paused')");
        long last;
        int waits = 0;
        do { // what was under way is drawn, then nothing
            last = frames();
            Thread.sleep(1500);
        } while (frames() != last && ++waits < 8);
        assertThat(frames()).as("frames of a run that stands still").isEqualTo(last);
        press("Stop");
        browser.await("the end", "document.querySelector('.seen').textContent.includes('Stopped')");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void hiddenPageDrawsNothingAndHasTheWholeCurveWhenItIsSeenAgain() throws InterruptedException {
        visit("train", "light", "en", false);
        endlessRun();
        hidden(true);
        browser.await("a frame under way", "new Promise((is) => setTimeout(() => is(true), 300))");
        String text = browser.script("document.querySelector('.facts dd').textContent");
        long before = frames();
        Thread.sleep(2200); // two events

        assertThat(frames()).isEqualTo(before);
        assertThat(browser.script("document.querySelector('.facts dd').textContent"))
                .isEqualTo(text);

        hidden(false);
        browser.await("a frame", "document.querySelector('.facts dd').textContent !== '" + text + "'");
        press("Stop");
        browser.await("the end", "document.querySelector('.seen').textContent.includes('Stopped')");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void pauseStaysInSightThoughItsAnswerComesAfterTheEvent() throws InterruptedException {
        visit("train", "light", "en", false);
        endlessRun();
        browser.script("(() => { const quick = window.fetch; window.fetch = (...asked) => quick(...asked)"
                + ".then((reply) => new Promise((is) => setTimeout(() => is(reply), 1200))); })()");
        press("Pause");
        browser.await("the pause", "document.querySelector('.seen').textContent.includes('Paused')");
        Thread.sleep(3000); // the answer, and the one to a second question

        assertThat(browser.script("document.querySelector('.seen').textContent"))
                .contains("Paused");
        assertThat(browser.errors()).isEmpty();
    }

    private static void choose(String label, String value) {
        browser.script(
                "(() => { const s = [...document.querySelectorAll('.main select')].find((e) => e.labels[0].textContent"
                        + " === '" + label + "'); s.value = '" + value
                        + "'; s.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    @Test
    void tableOfClassesIsUnderstoodLearnedAndJudged() throws IOException {
        visit("train", "light", "en", false);
        chooseData("fruits.csv");
        browser.await("its columns", FRUITS);
        assertThat(browser.script("document.querySelector('.main').innerText"))
                .contains("Classification into 3 classes (by its name; words)."
                        .replace("by its name", "the last column"));
        assertThat(browser.script(NAMELESS)).as("controls without a name").isEmpty();
        browser.await("what it is taken for", "!document.querySelector('.main-action').disabled");
        browser.script(START);
        browser.await(
                "the result", "document.querySelector('.matrix') && !document.querySelector('.main-action').hidden");
        browser.await("the sentence", "/Done: .*test rows/.test(document.querySelector('.seen').textContent)");
        keep("train-table");
        assertThat(browser.script("document.querySelector('.matrix').innerText"))
                .contains("banana", "plum");
        assertThat(browser.errors()).isEmpty();

        visit("train", "dark", "ko", true);
        browser.await("the result on a phone", "document.querySelector('.matrix')");
        assertThat(browser.script("String(document.documentElement.scrollWidth <= innerWidth)"))
                .as("nothing is wider than the phone")
                .isEqualTo("true");
        keep("train-table-phone-dark-ko");
        choose("데이터", "fruits.csv");
        browser.await("its reasons", "/마지막 열; 단어/.test(document.querySelector('.main').innerText)");
        assertThat(browser.script("document.querySelector('.main').innerText"))
                .contains("식별자, 제외", "구분자 ',', 머리글 있음", "평균")
                .doesNotContain("last column", "words)", "separator", "header", "mean");
        browser.script("document.querySelector('.main table').scrollIntoView()");
        keep("train-table-understood-phone-dark-ko");
        assertThat(browser.errors()).isEmpty();
    }

    /// The engine tells of the last run again, when a page connects or is seen again; what was chosen meanwhile stays.
    @Test
    void chosenTableStaysInSightWhenTheRunBeforeIsToldAgain() {
        visit("train", "light", "en", false);
        startOnDigits(100);
        browser.await("the end", "/Done[^]*100 \\/ 100/.test(document.querySelector('.main').innerText)");
        choose("Data", "fruits.csv");
        browser.await("its columns", FRUITS);
        String asked = "performance.getEntriesByName(location.origin + '/api/train').length";
        String before = browser.script("String(" + asked + ")");

        hidden(true);
        hidden(false);
        browser.await("the state of the run", asked + " > " + before);
        browser.await("a frame after it", "new Promise((is) => setTimeout(() => is(true), 300))");

        assertThat(browser.script("String(" + FRUITS + ")")).isEqualTo("true");
        assertThat(browser.errors()).isEmpty();
    }

    private static void hidden(boolean isHidden) {
        browser.script("Object.defineProperty(document, 'hidden', {value: " + isHidden
                + ", configurable: true}); document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void tableOfNumbersShowsTruthAgainstPrediction() throws IOException {
        visit("train", "dark", "en", false);
        chooseData("prices.csv");
        browser.await("its target", "/Regression: a number/.test(document.querySelector('.main').innerText)");
        browser.await("what it is taken for", "!document.querySelector('.main-action').disabled");
        browser.script(START);
        browser.await("the result", "/R² 0[.]/.test(document.querySelector('.seen').textContent)");
        browser.await("the dots", "/Truth and prediction/.test(document.querySelector('.main').innerText)");
        keep("train-table-numbers-dark");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void pastedTableIsTakenAndHostileWordsStayWords() {
        visit("train", "light", "en", false);
        chooseData("+");
        browser.script("document.querySelector('.main textarea').value = 'a,b\\n1,2\\n3'");
        press("Take this table");
        browser.await("the mistake", "/another number of cells/.test(document.querySelector('.mistake').textContent)");
        String rows = TestTables.fruits(60)
                .replace("banana", "\"<img src=x onerror=document.title=1>\"")
                .replace("\n", "\\n");
        browser.script("document.querySelector('.main textarea').value = '" + rows + "'");
        press("Take this table");
        browser.await("its columns", "/onerror/.test(document.querySelector('.main').innerText)");
        assertThat(browser.script("String(document.querySelectorAll('.main img').length)"))
                .isEqualTo("0");
        assertThat(browser.errors())
                .hasSize(1)
                .first()
                .asString()
                .contains("400"); // the mistake, as the browser logs it
    }

    @Test
    void hangulHasGlyphs() {
        visit("home", "light", "ko", false);
        String picture = "((text) => { const c = document.createElement('canvas'); const g = c.getContext('2d');"
                + " g.font = '40px ' + getComputedStyle(document.body).fontFamily; g.fillText(text, 10, 60);"
                + " return c.toDataURL(); })";

        assertThat(browser.script(picture + "('가')")).isNotEqualTo(browser.script(picture + "('힣')"));
    }

    @Test
    void digitIsDrawnByKeys() {
        visit("draw", "light", "en", false);
        browser.script("document.querySelector('.board').focus()");
        browser.press(" ");
        for (int i = 0; i < 6; i++) {
            browser.press("ArrowDown");
        }
        browser.await("an answer", "document.querySelector('.bars')");

        assertThat(browser.errors()).isEmpty();
    }
}
