// How many cases of a step are marked, told anew with each mark. Without scripts the number of the start stays.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-marked]")) {
    const told = form.querySelector("[data-marked-count]");
    const tell = () => { told.textContent = form.querySelectorAll("input[name=case]:checked").length; };
    form.addEventListener("change", tell);
    form.addEventListener("reset", () => setTimeout(tell));
    tell();
  }
})();
