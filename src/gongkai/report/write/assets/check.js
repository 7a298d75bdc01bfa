(() => {
  "use strict";
  const items = [...document.querySelectorAll(".findings li[data-n]")];
  if (!items.length) return;
  const show = (element) => {
    if (!element) return;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.scrollIntoView({ block: "center", inline: "nearest" });
  };
  const wide = matchMedia("(min-width: 1000px)");
  let current = -1;
  const open = (index) => {
    current = Math.max(0, Math.min(items.length - 1, index));
    const item = items[current];
    location.hash = item.id;
    if (!wide.matches) return;
    for (const pane of document.querySelectorAll(".source, .reading")) {
      const marks = pane.querySelectorAll(`[data-n~="${item.dataset.n}"]`);
      show([...marks].find((mark) => mark.tagName === "MARK") || marks[0]);
    }
    item.querySelector(".open").focus({ preventScroll: true });
  };
  items.forEach((item, index) => {
    item.querySelector(".open").addEventListener("click", (event) => { event.preventDefault(); open(index); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j") open(current + 1);
    else if (event.key === "k") open(current - 1);
    else if (event.key === "o" && current >= 0) items[current].querySelector(".links a:last-of-type")?.click();
  });
})();
