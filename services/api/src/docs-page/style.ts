/** The page's style. It follows the reader's colour scheme. A wider window has two columns, and then three. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b2430;--soft:#57636f;--line:#e4e8ed;--side:#f6f8fa;--accent:#0b6bcb;
--code:#f1f4f7;--block:#0f1823;--block-fg:#d8e2ee;--block-soft:#8fa1b5;--k:#8ec7ff;--s:#a5d6a7;--n:#ffcc80;
--get:#0b6bcb;--post:#1a7f4b;--put:#9a5b00;--patch:#8a4bb8;--delete:#c0352b;--ok:#1a7f4b;--must:#b3261e}
@media (prefers-color-scheme:dark){:root{--bg:#10161d;--fg:#dce3ea;--soft:#96a3b0;--line:#25303b;--side:#151c25;--accent:#6db3ff;
--code:#1c2530;--block:#0a0f15;--block-fg:#d8e2ee;--block-soft:#7d8fa3;
--get:#6db3ff;--post:#5fce95;--put:#f0b35a;--patch:#cf9df5;--delete:#ff8d84;--ok:#5fce95;--must:#ff8d84}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
-webkit-text-size-adjust:100%;overflow-wrap:break-word}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem 1rem;z-index:2}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em}
p code,li code,dd code,td code{background:var(--code);border-radius:4px;padding:.1em .35em;overflow-wrap:anywhere}
h1,h2,h3,h4,h5,p,ul,dl,dd,table{margin:0}
h1{font-size:2.2rem;line-height:1.2;letter-spacing:-.02em}
h2{font-size:1.6rem;letter-spacing:-.01em}
h3{font-size:1.2rem;line-height:1.35}h3 a{color:inherit}
h4{font-size:.95rem;margin-top:1.6rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
h4 .type{font-weight:400;margin-left:.4rem}
p+p{margin-top:.8rem}
h4+p{margin-top:.6rem;font-size:.925rem;color:var(--soft)}
p+ul{margin-top:.5rem;padding-left:1.1rem}
.lead{font-size:1.15rem;color:var(--soft);margin:.3rem 0 1.2rem}
aside{background:var(--side);border-bottom:1px solid var(--line);padding:1rem 1.25rem}
.brand{font-weight:650;font-size:1.05rem}.brand a{color:var(--fg)}.brand span{color:var(--soft);font-weight:400;font-size:.85rem}
nav ul{list-style:none;padding:0}nav>ul>li{margin-top:.9rem}
aside{display:flow-root}#menu{position:absolute;opacity:0}
nav label{float:right;margin-top:-1.9rem;padding:.1rem .7rem;border:1px solid var(--line);border-radius:6px;font-size:.875rem;cursor:pointer}
#menu:focus-visible+label{outline:2px solid var(--accent)}#menu:not(:checked)~ul{display:none}
nav a{display:flex;gap:.5rem;align-items:baseline;color:var(--soft);font-size:.875rem;line-height:1.35;padding:.28rem .5rem;border-radius:6px}
nav a:hover{background:var(--line);color:var(--fg);text-decoration:none}
nav a.tag{color:var(--fg);font-weight:600;font-size:.9rem}
nav .method{flex:none;width:3.2rem;font-size:.64rem}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 6rem}
section.tag>header{margin:4rem 0 0;padding-bottom:1rem}
section.tag>header p{color:var(--soft);margin-top:.3rem}
.operation{border-top:1px solid var(--line);padding:2.2rem 0}
.line{margin-top:.5rem;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9rem}
.line+.key{margin:.4rem 0 .9rem;color:var(--soft);font-size:.875rem}
.method{font:700 .74rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.03em;color:var(--soft)}
.method.get{color:var(--get)}.method.post{color:var(--post)}.method.put{color:var(--put)}.method.patch{color:var(--patch)}.method.delete{color:var(--delete)}
.path{overflow-wrap:anywhere}.path em{font-style:normal;color:var(--accent)}
.rows .row{padding:.75rem 0;border-bottom:1px solid var(--line)}.rows .row:last-child{border-bottom:0}
.rows dt{line-height:1.5}.rows dd p{font-size:.925rem;color:var(--soft);margin-top:.15rem}
.rows dt code.name{font-weight:650;font-size:.9rem;background:none;padding:0}
.type{color:var(--soft);font-size:.84rem}
.required,.optional{font-size:.78rem;font-weight:600;color:var(--must)}.optional{color:var(--soft);font-weight:400;font-style:italic}
.limits{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.15rem .9rem;font-size:.84rem;color:var(--soft);margin-top:.2rem}
.headers,.placeholders{padding-left:1.1rem;font-size:.9rem;color:var(--soft);margin:.2rem 0 .4rem}
.placeholders{margin:.8rem 0 0;list-style:none;padding-left:1rem}.placeholders li+li{margin-top:.25rem}
details{margin-top:.5rem}
details>summary{cursor:pointer;color:var(--accent);font-size:.875rem;width:max-content;max-width:100%}
.row details>.rows,.answer details>.rows{border:1px solid var(--line);border-radius:8px;padding:0 1rem;margin-top:.5rem}
.answer{padding:.7rem 0}.answer+.answer{border-top:1px solid var(--line)}
.status{font-variant-numeric:tabular-nums;color:var(--must);font-weight:650;margin-right:.3rem}.status.ok{color:var(--ok)}
.problems{margin-top:.4rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin-top:.5rem}
th{text-align:left;font-weight:600;font-size:.8rem;color:var(--soft)}
th,td{padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.detail{display:block;color:var(--soft);font-size:.84rem}
.examples{margin-top:1.6rem;min-width:0}
.block{background:var(--block);color:var(--block-fg);border-radius:10px;overflow:hidden}.block+.block{margin-top:1rem}
.block h5{font-size:.76rem;font-weight:600;color:var(--block-soft);padding:.6rem 1rem;border-bottom:1px solid #ffffff14}.block h5 b{color:var(--s)}
.block pre,.block .nothing{margin:0;padding:.9rem 1rem;overflow:auto;max-height:32rem;font-size:.9rem;line-height:1.55}
.block .nothing{color:var(--block-soft);font-size:.85rem}
.block i{font-style:normal}.block .k{color:var(--k)}.block .s{color:var(--s)}.block .n{color:var(--n)}
@media (max-width:599px){table thead{display:none}tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}td{display:inline;border:0;padding:0 .3rem 0 0}td:last-child{display:block}}
@media (min-width:900px){body{display:grid;grid-template-columns:17rem minmax(0,1fr)}
aside{position:sticky;top:0;height:100vh;overflow:auto;border-bottom:0;border-right:1px solid var(--line);padding:1.5rem 1rem}
.brand{padding-left:.5rem}#menu,nav label{display:none}#menu:not(:checked)~ul{display:block}main{margin:0;padding:2.5rem 2.5rem 8rem}}
@media (min-width:1240px){main{max-width:84rem}
.operation,.intro{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,30rem);gap:3rem}
.operation .examples,.intro .examples{margin-top:0}.operation .examples{position:sticky;top:1.5rem;align-self:start}
.operation .block pre{max-height:calc(50vh - 5rem)}}
@media print{aside{display:none}.block{background:none;color:inherit;border:1px solid var(--line)}}
`;
