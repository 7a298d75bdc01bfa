(() => {
  "use strict";
  const form = document.getElementById("rp-upload");
  if (!form || !window.FormData) return;
  const section = document.getElementById("rp-list");
  const list = section.querySelector("ul");
  const total = document.getElementById("rp-total");
  const bar = document.getElementById("rp-all");
  const drop = document.getElementById("rp-drop");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const jobs = [];
  let started = 0, sending = 0, polling = false;

  const make = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const settled = (job) => job.state === "done" || job.state === "refused";
  const summary = () => {
    const done = jobs.filter(settled).length, failed = jobs.filter((job) => job.state === "refused").length;
    bar.max = jobs.length; bar.value = done;
    let text = `共${jobs.length}个文件，完成${done}个`;
    if (failed) text += `，其中${failed}个没有归档`;
    const seconds = (Date.now() - started) / 1000;
    if (done && done < jobs.length && seconds > 2) {
      const left = Math.ceil(seconds / done * (jobs.length - done));
      text += `；每分钟约${Math.max(1, Math.round(60 * done / seconds))}个，还需约${left > 90 ? Math.ceil(left / 60) + "分钟" : left + "秒"}`;
    }
    total.textContent = text + "。";
  };
  const choose = (name, chosen) => {
    const copy = form.elements[name].cloneNode(true);
    copy.removeAttribute("id");
    copy.setAttribute("aria-label", name === "agency" ? "机关" : "年度");
    copy.options[0].textContent = "请选择";
    copy.value = chosen || "";
    copy.required = true;
    return copy;
  };
  const draw = (job) => {
    job.row.replaceChildren();
    const head = make("p");
    if (job.info && job.info.url) { const link = make("a", job.file.name); link.href = job.info.url; head.append(link, make("span", ` ${job.info.agency}，${job.info.year}年度`, "rp-hint")); }
    else head.textContent = job.file.name;
    job.row.append(head);
    if (job.state === "sending") { const one = make("progress"); one.max = 100; one.value = job.sent || 0; one.setAttribute("aria-label", `上传${job.file.name}`); job.row.append(one); }
    else if (job.state === "refused") {
      const problem = make("p", `■ ${job.problem.message}${job.problem.remedy ? "（" + job.problem.remedy + "）" : ""}`, "rp-bad");
      job.row.append(problem);
      if (job.problem.need) {
        const agency = choose("agency", job.problem.agency_id), year = choose("year", job.problem.year), again = make("button", "归档", "button button-secondary button-small");
        again.type = "button";
        again.addEventListener("click", () => {
          if (!agency.reportValidity() || !year.reportValidity()) return;
          job.agency = agency.value; job.year = year.value; job.target = job.problem.file_url; job.state = "waiting"; next();
        });
        const line = make("div", "", "rp-fields"); line.append(agency, year, again); job.row.append(line);
      }
    } else if (job.info) {
      const state = make("p"), mark = make("span", `${job.info.shape} ${job.info.label}`, `rp-state ${job.info.style}`);
      state.append(mark);
      if (job.info.read) for (const [key, shape, word] of [["errors", "■", "错误"], ["warnings", "▲", "提醒"], ["infos", "●", "说明"]])
        if (job.info[key]) state.append(" ", make("span", `${shape}${word}${job.info[key]}`, `rp-level ${key.slice(0, -1)}`));
      job.row.append(state);
      if (job.info.message) job.row.append(make("p", `${job.info.message}${job.info.remedy ? "（" + job.info.remedy + "）" : ""}`, "rp-bad"));
    } else job.row.append(make("p", "等待上传", "rp-hint"));
  };
  const finish = (job, state) => { job.state = state; draw(job); summary(); };
  const send = (job) => {
    job.state = "sending"; sending += 1; draw(job);
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("agency", job.agency); data.append("year", job.year);
    if (!job.target) data.append("files", job.file, job.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", job.target || form.action || location.pathname);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) { job.sent = 100 * event.loaded / event.total; const one = job.row.querySelector("progress"); if (one) one.value = job.sent; }
    });
    request.addEventListener("loadend", () => {
      sending -= 1;
      let answer;
      try { answer = JSON.parse(request.responseText); } catch { answer = { message: request.status ? "服务器没有接收这个文件" : "连接中断", remedy: "请重新登录或检查网络后再试" }; }
      if (request.status === 200) { job.info = answer; finish(job, answer.busy ? "reading" : "done"); poll(); }
      else { job.problem = answer; finish(job, "refused"); }
      next();
    });
    request.send(data);
  };
  const next = () => {
    for (const job of jobs) {
      if (sending >= 2) break;
      if (job.state === "waiting") send(job);
    }
  };
  const poll = async () => {
    if (polling) return;
    polling = true;
    for (let wait = 1000; jobs.some((job) => job.state === "reading"); wait = Math.min(5000, wait * 1.3)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const open = jobs.filter((job) => job.state === "reading");
      for (let start = 0; start < open.length; start += 100) {
        const query = open.slice(start, start + 100).map((job) => job.info.intake ? `i=${job.info.intake}` : `v=${job.info.id}`).join("&");
        try {
          const answer = await fetch(`${form.dataset.progress}?${query}`, { credentials: "same-origin" });
          if (!answer.ok) continue;
          for (const info of (await answer.json()).uploads) {
            const job = open.find((one) => info.intake ? one.info.intake === info.intake : one.info.id === info.id);
            job.info = info;
            if (info.need) { job.problem = info; finish(job, "refused"); } else if (!info.busy) finish(job, "done"); else draw(job);
          }
        } catch { /* the next round asks again */ }
      }
    }
    polling = false;
  };
  const add = (files) => {
    const known = form.querySelector("#rp-files").accept.split(",");
    if (!started || jobs.every(settled)) started = Date.now();
    for (const file of files) {
      // Folders hold files of the system's own; those are left out in silence, others are refused aloud.
      if (/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(file.name)) continue;
      const job = { file, row: make("li"), state: "waiting", agency: form.elements.agency.value, year: form.elements.year.value };
      jobs.push(job); list.append(job.row);
      const ending = "." + file.name.split(".").pop().toLowerCase();
      if (!known.includes(ending)) { job.problem = { message: `不能读取“${ending}”的文件`, remedy: "请上传文本、网页、DOCX、DOC、PDF、OFD、XLSX 文件或图片" }; job.state = "refused"; }
      else if (file.size > form.dataset.largest * 1048576) { job.problem = { message: `文件超过${form.dataset.largest}MB`, remedy: "请只上传年度报告本身" }; job.state = "refused"; }
      draw(job);
    }
    section.hidden = !jobs.length;
    summary(); next();
  };
  // The browser's own words for choosing a file are in the browser's language: ours stand in for them.
  form.classList.add("scripted");
  for (const input of form.querySelectorAll("input[type=file]")) {
    const chosen = make("span", "未选择", "rp-hint");
    chosen.setAttribute("role", "status");
    input.after(chosen);
    const say = () => { chosen.textContent = input.files.length === 1 ? input.files[0].name : input.files.length ? `已选${input.files.length}个文件` : "未选择"; };
    input.addEventListener("change", say);
    form.addEventListener("submit", () => setTimeout(say));
  }
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("#rp-files").files, ...form.querySelector("#rp-folder").files];
    if (!files.length) return;
    event.preventDefault();
    add(files);
    form.querySelector("#rp-files").value = form.querySelector("#rp-folder").value = "";
    section.scrollIntoView({ block: "nearest" });
  });
  const walk = async (entry, found) => {
    if (entry.isFile) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    else if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!batch.length) break;
        for (const child of batch) await walk(child, found);
      }
    }
  };
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files], found = [];
    for (const entry of entries) await walk(entry, found);
    add(entries.length ? found : plain);
  });
})();
