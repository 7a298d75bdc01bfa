// A list by the keyboard: j and k go from row to row, o opens one, x marks it, ? lists the keys.
(() => {
  const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
  const keys = document.getElementById("ap-keys");
  let current = -1;
  const stand = (at) => {
    rows[current]?.classList.remove("current");
    current = at;
    rows[current].classList.add("current");
  };
  const go = (to) => {
    if (!rows.length) return;
    stand(Math.max(0, Math.min(to, rows.length - 1)));
    rows[current].querySelector("th a")?.focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
  };
  // Where the pointer or the Tab key went is where j and k go on from.
  rows.forEach((row, number) => row.addEventListener("focusin", () => stand(number)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    if (event.key === "j") go(current + 1);
    else if (event.key === "k") go(current - 1);
    else if (event.key === "o" && current >= 0) rows[current].querySelector("th a")?.click();
    else if (event.key === "x" && current >= 0) rows[current].querySelector("input[type=checkbox]")?.click();
    else if (event.key === "?" && keys) keys.showModal();
    else return;
    event.preventDefault();
  });
  const button = document.getElementById("ap-keys-button");
  if (button && keys) { button.hidden = false; button.addEventListener("click", () => keys.showModal()); }
})();
