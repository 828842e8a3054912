// A box that scrolls can be reached by keyboard, one that does not is no stop on the way. In: the page's boxes of tables; out: `tabindex` on those whose content does not fit, as
// long as it does not. Without this script browsers that make such boxes reachable by themselves do so.
const boxes = document.querySelectorAll(".wide, .tallies");

const settle = (box) => {
  const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  // What can be focused inside brings the box along.
  if (scrolls && !box.querySelector("a[href], button, input")) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
};

const watch = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)));
boxes.forEach((box) => watch.observe(box));
