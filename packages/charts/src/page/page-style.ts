import { chartStyle, DARK, LIGHT, paletteVariables } from '../chart/chart-style.ts';

// `ground` is behind the cards. A printed page is light, whatever its reader's screen is.
const COLOURS = `
:root{color-scheme:light;--ground:#f4f6f9;${paletteVariables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--ground:#0d1219;${paletteVariables(DARK)}}}
`;

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;padding:12px;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;display:grid;grid-template-columns:minmax(0,1fr);gap:12px}
h1,h2,p{margin:0}
h1{font-size:26px;line-height:1.2;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{font-size:16px;line-height:1.35;font-weight:600;overflow-wrap:anywhere;text-wrap:pretty}
header{padding:20px 4px 12px}
.eyebrow{font-size:13px;font-weight:600;color:var(--quiet);margin-bottom:6px}
.lead{font-size:18px;line-height:1.45;margin:10px 0 8px;max-width:46em;text-wrap:pretty}
.quiet{color:var(--quiet);font-size:13px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:16px;display:flex;flex-direction:column;gap:12px;min-width:0}
.card>h2+.quiet{margin-top:-8px}
.tiles{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}
.tile{gap:2px}
.tile h2{font-size:13px;font-weight:600;color:var(--quiet)}
.tile .value{font-size:23px;line-height:1.25;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
.tile .changes{list-style:none;margin:4px 0 0;padding:0;font-size:13px;color:var(--quiet)}
.tile .changes b{font-weight:600}
.tile .quiet{margin-top:4px}
.tile.large{grid-column:span 2}
.tile .figure{display:flex;align-items:center;gap:16px}
.tile .value{flex:1 0 auto;max-width:100%}
.tile .course{flex:0 1 112px;width:112px;min-width:0}
b.rose{color:var(--rose)}
b.fell{color:var(--fell)}
.chart{display:block;width:100%;height:auto;max-width:640px;font-family:inherit;overflow:visible}
.chart.medium{display:none}
.beside,.stack{display:grid;grid-template-columns:minmax(0,1fr);gap:12px;align-content:start}
.scroll{overflow-x:auto;margin:0 -16px;padding:0 16px}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table.data{border-collapse:collapse;width:100%;font-size:14px}
.data th,.data td{padding:7px 0 7px 16px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line);vertical-align:top}
.data thead th{color:var(--quiet);font-size:13px;font-weight:600;vertical-align:bottom}
.data thead th{white-space:normal}
.data th:first-child{padding-left:0;text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:8.5em}
.data tbody th{font-weight:500}
.brief .data th:first-child{min-width:7em;overflow-wrap:normal}
.data tbody tr:last-child>*{border-bottom:0}
.data .rose{color:var(--rose)}
.data .fell{color:var(--fell)}
.heat .data th,.heat .data td{padding:7px 8px}
.heat .data th:first-child{padding-left:0;white-space:nowrap;min-width:0}
${[1, 2, 3, 4, 5].map((shade) => `.heat${shade}{background:color-mix(in srgb,var(--column) ${shade * 20}%,var(--paper))}`).join('')}
.data .text{text-align:left;white-space:normal;min-width:10em}
details>summary{cursor:pointer;padding:8px 0;font-weight:600;color:var(--accent)}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{padding:8px 4px 24px}
`;

const WIDE = `
@media screen and (max-width:599px){.tile .value.long{font-size:17px;line-height:1.7}}
@media (min-width:600px){
body{padding:20px}
main,.tiles,.beside,.stack{gap:16px}
.tile.large{grid-column:auto}
.card{padding:20px}
.scroll{margin:0 -20px;padding:0 20px}
h1{font-size:32px}
.chart.narrow{display:none}
.chart.medium{display:block}
}
@media screen and (min-width:960px){
.tiles{grid-template-columns:repeat(2,minmax(0,4fr)) repeat(2,minmax(0,3fr))}
.long .data th:first-child{min-width:14em}
.beside{grid-template-columns:repeat(2,minmax(0,1fr))}
.tile .value{font-size:28px}
}
`;

// A reader who wants the folded actions on paper unfolds them first: there may be a thousand.
const PRINT = `
@media print{
@page{margin:14mm}
html{background:#fff}
body{padding:0;background:none;font-size:10pt}
main,.tiles,.stack,.beside{gap:10px}
.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}
header{padding-top:0}
.card{break-inside:avoid;padding:14px}
.card.long{break-inside:auto}
.chart.narrow{display:none}
.chart.medium{display:block;max-width:560px}
.tile.large{grid-column:auto}
.tile .value{font-size:14pt}
.tile .course{display:none}
.scroll{overflow:visible;margin:0;padding:0}
table.data,.data thead th{font-size:7.5pt}
.data th,.data td{padding:3px 0 3px 7px}
.heat .data th,.heat .data td{padding:3px 4px}
.data tr{break-inside:avoid}
.hidden{display:none}
}
`;

/** The style of every page: there is nothing else to load. */
export const PAGE_STYLE = [COLOURS, PAGE, chartStyle(), WIDE, PRINT].join('').replaceAll('\n', '');
