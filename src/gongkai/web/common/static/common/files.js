// Chinese words on file fields, whatever language the browser speaks. Without scripts the browser's own stay.
"use strict";
(() => {
  for (const input of document.querySelectorAll("input[type=file]:not([hidden], .plain-file)")) {
    if (input.closest(".rp-drop")) continue;
    const frame = document.createElement("span");
    const button = document.createElement("span");
    const said = document.createElement("span");
    frame.className = "file-field";
    button.className = "file-field-button";
    button.textContent = input.multiple ? "选择文件（可多选）" : "选择文件";
    button.setAttribute("aria-hidden", "true");
    said.className = "file-field-said";
    said.setAttribute("aria-hidden", "true");
    const say = () => {
      const names = Array.from(input.files, (file) => file.name);
      said.textContent = names.length ? names.join("、") : "未选择文件";
    };
    input.before(frame);
    frame.append(button, said, input);
    input.addEventListener("change", say);
    if (input.form) input.form.addEventListener("reset", () => setTimeout(say));
    say();
  }
})();
