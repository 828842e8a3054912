// Figures: SVG of our own with a caption and a download. In: marks; out: elements. Surprising: colours stand in the marks as attributes, for the file that
// is downloaded, and classes of the stylesheet override them on the page, in light and in dark.
import { element, t } from "../words.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const TYPE_PX = 13;
// The same as in the charts that the service draws (src/service/charts/scale.rs): Han characters and full-width forms take the size of the type, and so do
// the quotes, dashes and dots that faces for Chinese draw as wide; what is left takes a little more than half.
// How wide a character is in sizes of the type, in the first class that has it; src/service/charts/scale.rs measures the same.
const WIDTHS = [
  [/[ ]/u, 0.25],
  [/[%MWmw@]/u, 0.92],
  [/[.,:;!|ijl'()[\]]/u, 0.32],
  [/[A-Z]/u, 0.66],
  [/[\u{b7}\u{d7}\u{f7}\u{2014}-\u{2027}\u{2030}\u{203b}\u{2103}\u{2116}\u{2150}-\u{26ff}\u{2e80}-\u{10ffff}]/u, 1],
  [/./su, 0.56],
];
// What stands between Han characters and letters or digits.
const SEAM = /(?<=[\u{3400}-\u{9fff}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u{3400}-\u{9fff}])/gu;
const SEAM_WIDTH = 0.125;
const STYLES = {
  ink: { fill: "#211f1b" },
  soft: { fill: "#5d574d" },
  // A name stands on a seam of the ground, so that no line runs through it.
  name: { fill: "#211f1b", stroke: "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke" },
  seal: { fill: "#9b2418" },
  axis: { stroke: "#b9b0a0", fill: "none" },
  edge: { stroke: "#8a8172", fill: "none" },
};

export function mark(name, style, attributes, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries({ ...STYLES[style], ...attributes })) made.setAttribute(key, value);
  if (style) made.classList.add(style);
  made.append(...children);
  return made;
}

function widthOf(text) {
  const characters = Array.from(text).reduce((sum, c) => sum + WIDTHS.find(([kind]) => kind.test(c))[1], 0);
  return TYPE_PX * (characters + SEAM_WIDTH * (text.match(SEAM) ?? []).length);
}

// A text that is as wide as it may be, with its whole as a title where it was cut.
export function label(text, px, style, attributes) {
  let shown = text;
  if (widthOf(text) > px) {
    const characters = Array.from(text);
    while (characters.length > 1 && widthOf(`${characters.join("")}…`) > px) characters.pop();
    shown = `${characters.join("")}…`;
  }
  const made = mark("text", style, { "font-size": "13", "font-family": "sans-serif", ...attributes }, shown);
  if (shown !== text) made.append(mark("title", null, {}, text));
  return made;
}

export const textWidth = widthOf;

export function canvas(width, height, ...marks) {
  return mark("svg", null, { xmlns: NAMESPACE, viewBox: `0 0 ${width} ${height}`, width, height, role: "img", class: "plot" }, ...marks);
}

function download(svg, name) {
  const copy = svg.cloneNode(true);
  copy.prepend(mark("rect", null, { width: "100%", height: "100%", fill: "#ffffff" }));
  const text = new XMLSerializer().serializeToString(copy);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = element("a", { href: address, download: `zhengtu-${name}.svg` });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A drawing with its caption; `more` is a control beside the download.
export function figureOf({ svg, caption, more }, question, name) {
  const words = question === "" ? caption : `${question} ${caption}`;
  svg.setAttribute("aria-label", words);
  const save = element("button", { type: "button" }, t("下载 SVG", "Download SVG"));
  save.addEventListener("click", () => download(svg, name));
  return element("figure", { class: "drawing" }, element("div", { class: "drawn" }, svg), element("figcaption", {}, words, " ", save), ...(more ? [more] : []));
}
