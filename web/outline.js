// Shows in the outline which part of the text is being read.
const links = new Map();
for (const link of document.querySelectorAll(".outline a[href^='#']")) {
  const anchor = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (anchor) links.set(anchor, link);
}

function showCurrent() {
  // The last part whose beginning has passed the upper third of the window.
  const line = window.innerHeight / 3;
  let current = null;
  for (const anchor of links.keys()) {
    if (anchor.getBoundingClientRect().top <= line) current = anchor;
  }
  for (const [anchor, link] of links) {
    if (anchor === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    showCurrent();
  });
}

if (links.size > 0) {
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  showCurrent();
}
