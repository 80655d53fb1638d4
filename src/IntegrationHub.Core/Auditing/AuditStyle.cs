namespace IntegrationHub.Auditing;

/// <summary>The look of the HTML report: no fonts, images or scripts of elsewhere, readable on a phone and on paper.</summary>
internal static class AuditStyle
{
    internal const string Css = """
        :root{--ink:#1a2233;--soft:#566076;--line:#dfe3ea;--paper:#fff;--ground:#f4f6f9;--pass:#146c43;--warn:#8a5300;--block:#b02a1a;--info:#345a8a;
        --pass-bg:#e6f4ec;--warn-bg:#fdf1dc;--block-bg:#fce9e6;--info-bg:#e9f0f8}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main,header,footer{max-width:1040px;margin:0 auto;padding:0 24px}
        header{padding-top:28px}
        h1{font-size:1rem;font-weight:600;margin:0;color:var(--soft)}
        header p{margin:2px 0 0;color:var(--soft);font-size:.9rem}
        h2{font-size:1.2rem;margin:0 0 14px}
        section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:22px 24px;margin:16px 0}
        .verdict{display:flex;gap:24px;align-items:center;justify-content:space-between;border-width:2px}
        .verdict.pass{background:var(--pass-bg);border-color:var(--pass)}
        .verdict.warn{background:var(--warn-bg);border-color:var(--warn)}
        .verdict.block{background:var(--block-bg);border-color:var(--block)}
        .verdict h2{font-size:1.9rem;line-height:1.2;margin:0 0 8px}
        .pass h2{color:var(--pass)}.verdict.warn h2{color:var(--warn)}.verdict.block h2{color:var(--block)}
        .verdict p{margin:0 0 4px;max-width:44em}
        .verdict .said{flex:1;min-width:0}
        .verdict .lead{font-size:1.12rem;font-weight:600;margin-bottom:6px}
        .reasons{margin:0;padding-left:1.1em}.reasons li{margin:2px 0}
        .ring{flex:none;width:148px;height:148px}
        .ring .of{font-size:13px;fill:var(--soft)}
        .ring .score{font-size:36px;font-weight:700;fill:var(--ink)}
        ol.first{margin:0;padding:0;list-style:none;counter-reset:n}
        ol.first li{counter-increment:n;position:relative;padding:12px 0 12px 48px;border-top:1px solid var(--line)}
        ol.first li:first-child{border-top:0;padding-top:2px}
        ol.first li::before{content:counter(n);position:absolute;left:0;width:32px;height:32px;border-radius:50%;background:var(--ink);color:#fff;font-weight:700;text-align:center;line-height:32px}
        .what{font-weight:600}
        .soft{color:var(--soft)}
        .fix::before{content:"Fix: ";font-weight:600}
        .gain{color:var(--pass);font-weight:600}
        .up{color:var(--pass);font-size:.84rem}.down{color:var(--block);font-size:.84rem}
        .hub code{background:var(--info-bg)}
        .share{width:100%;height:14px;border-radius:7px;display:block;margin-bottom:5px;background:var(--line)}
        tbody th{font-size:1rem;color:var(--ink);border-bottom:1px solid var(--line);padding:12px 10px 12px 0;vertical-align:top}
        tr:last-child th[scope=row]{border-bottom:0}
        .workflows th[scope=row]{width:11em}.workflows td:nth-child(2){width:8em}
        .known td{padding:7px 10px 7px 0}
        code{background:#eef1f5;border-radius:4px;padding:1px 5px;font-size:.88em;overflow-wrap:anywhere}
        .two{display:grid;grid-template-columns:1fr 1fr;gap:16px}.two>section{margin:0}.two>section:only-child{grid-column:1/-1}
        .stack{display:flex;height:30px;border-radius:8px;overflow:hidden;background:var(--line)}
        .stack div{min-width:3px}
        .legend{display:flex;flex-wrap:wrap;gap:6px 22px;margin:12px 0 0;padding:0;list-style:none}
        .legend b{font-variant-numeric:tabular-nums}
        .dot{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:7px;vertical-align:-1px}
        .bars{display:grid;grid-template-columns:minmax(7em,auto) 1fr auto;gap:9px 14px;align-items:center;margin:0}
        .bars dt{margin:0}.bars dd{margin:0}
        .bar{height:12px;border-radius:6px;background:var(--line);overflow:hidden}
        .bar div{height:100%;border-radius:6px;background:var(--info)}
        .bar .good{background:var(--pass)}.bar .middling{background:#c98a1b}.bar .poor{background:var(--block)}
        .num{font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
        table{width:100%;border-collapse:collapse}
        th{text-align:left;font-size:.82rem;color:var(--soft);font-weight:600;padding:6px 10px 6px 0;border-bottom:2px solid var(--line);vertical-align:bottom}
        td{padding:12px 10px 12px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        th.num{text-align:right}
        tr:last-child td{border-bottom:0}
        td p{margin:0 0 3px}
        .badge{display:inline-block;border-radius:20px;padding:1px 11px;font-size:.8rem;font-weight:600;white-space:nowrap}
        .badge.block{background:var(--block-bg);color:var(--block)}.badge.warn{background:var(--warn-bg);color:var(--warn)}
        .badge.info{background:var(--info-bg);color:var(--info)}.badge.pass{background:var(--pass-bg);color:var(--pass)}
        .where{font-size:.84rem;color:var(--soft)}
        details summary{cursor:pointer;font-size:.84rem;color:var(--info)}
        details p{font-size:.84rem;color:var(--soft);margin:4px 0 0}
        footer{color:var(--soft);font-size:.85rem;padding-bottom:40px}
        .trend{width:100%;height:auto;max-width:560px;display:block}
        @media screen and (max-width:760px){
        main,header,footer{padding:0 14px}header{padding-top:18px}section{padding:18px 16px}
        .verdict{flex-direction:column-reverse;align-items:flex-start;gap:10px}.verdict h2{font-size:1.6rem}.ring{width:104px;height:104px}
        .two{grid-template-columns:1fr}
        .found thead,.sources thead,.workflows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .found tr,.sources tr,.workflows tr{display:block;padding:12px 0;border-bottom:1px solid var(--line)}
        .found tr:last-child,.sources tr:last-child,.workflows tr:last-child{border-bottom:0}
        .found td,.sources td,.workflows td,.workflows tbody th[scope=row],.workflows tbody td:nth-child(2){display:block;width:auto;border:0;padding:2px 0;text-align:left}
        .found td[data-label]::before,.sources td[data-label]::before{content:attr(data-label) ": ";color:var(--soft);font-size:.84rem}
        .bars{gap:7px 10px;grid-template-columns:minmax(6em,auto) 1fr auto;font-size:.94rem}
        }
        @page{margin:13mm 13mm 15mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#566076}}
        @media print{
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        body{background:#fff;font-size:9.5pt;line-height:1.4}header,main,footer{max-width:none;padding:0}
        details{display:none}
        section{break-inside:avoid;border-color:#c4cad5;border-radius:8px;padding:11px 15px;margin:9px 0}
        section:has(table){break-inside:auto;-webkit-box-decoration-break:clone;box-decoration-break:clone}
        h2{font-size:1.12rem;margin:0 0 7px;break-after:avoid}h3{break-after:avoid}tr,li,.badge{break-inside:avoid}p{orphans:3;widows:3}
        .verdict h2{font-size:1.6rem}.ring{width:104px;height:104px}
        ol.first li{padding:7px 0 7px 38px}ol.first li::before{width:26px;height:26px;line-height:26px}
        td,tbody th{padding:6px 9px 6px 0}.known td{padding:4px 9px 4px 0}.workflows th[scope=row]{width:9em}.workflows td:nth-child(2){width:7em}
        .share{height:10px}.stack{height:20px}.bars{gap:5px 11px}.two{gap:9px}.legend{margin-top:7px}
        footer{padding-bottom:0;font-size:.8rem;break-inside:avoid}
        }
        """;
}
