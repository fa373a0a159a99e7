package org.badak.figure.report;

/// The style sheet of the report.
final class PageStyle {
    static final String CSS = """
            :root{--bg:#f6f8fa;--card:#fff;--ink:#1f2328;--muted:#59636e;--line:#d8dee4;--accent:#0072b2;
              --good:#007a58;--attention:#9a5b00;--bad:#b3261e}
            @media (prefers-color-scheme:dark){:root{--bg:#010409;--card:#0d1117;--ink:#e6edf3;--muted:#9da7b1;
              --line:#30363d;--accent:#4fa8e8;--good:#2fc79a;--attention:#f2b93b;--bad:#ff7b72}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--bg);color:var(--ink);line-height:1.55;
              font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans KR","Nanum Gothic",
              "Apple SD Gothic Neo","Malgun Gothic",sans-serif}
            main{max-width:820px;margin:0 auto;padding:28px 20px 60px}
            header{position:relative}
            h1{font-size:1.7rem;line-height:1.25;margin:0 150px 4px 0}
            h2{font-size:1.15rem;margin:0 0 8px}
            p{margin:0 0 10px}
            .subtitle,.explanation{color:var(--muted)}
            .languages{position:absolute;right:0;top:4px;display:flex;border:1px solid var(--line);border-radius:8px;
              overflow:hidden;font-size:.85rem}
            .languages input{position:absolute;opacity:0}
            .languages label{padding:3px 10px;cursor:pointer;color:var(--muted)}
            .languages input:checked+label{background:var(--accent);color:var(--card)}
            .languages input:focus-visible+label{outline:2px solid var(--ink);outline-offset:-3px}
            span[lang=ko]{display:none}
            html:has(#ko:checked) span[lang=ko]{display:inline}
            html:has(#ko:checked) span[lang=en]{display:none}
            .headlines{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0}
            .headlines div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
            dt{color:var(--muted);font-size:.85rem}
            dd{margin:2px 0 0;font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums}
            .verdict{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--good);
              border-radius:8px;padding:12px 16px;margin:14px 0}
            .attention{border-left-color:var(--attention)}
            .bad{border-left-color:var(--bad)}
            section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px;
              margin:18px 0}
            figure{margin:10px 0}
            figure svg{max-width:100%;height:auto;display:block}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
            th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:right}
            th{color:var(--muted);font-weight:500}
            tr:last-child>*{border-bottom:0}
            .properties th{width:34%;text-align:left;vertical-align:top}
            .properties td{text-align:left;overflow-wrap:anywhere;font-family:ui-monospace,Consolas,monospace}
            .mistakes{display:grid;grid-template-columns:repeat(auto-fill,minmax(112px,1fr));gap:12px;list-style:none;
              margin:0;padding:0}
            .mistakes li{border:1px solid var(--line);border-radius:8px;padding:10px;font-size:.85rem;
              text-align:center}
            .mistakes p{margin:2px 0 0;color:var(--muted)}
            .mistakes b{color:var(--ink)}
            .mistakes img{image-rendering:pixelated;border-radius:4px;display:block;margin:0 auto 6px}
            @media print{body{background:#fff}section,.headlines div{break-inside:avoid}.languages{display:none}}
            """;

    private PageStyle() {}
}
