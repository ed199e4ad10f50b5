// Every page reads well without this: it lights marks in a text as one points at records, and saves a click.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");

  // A form for filters sends no empty fields, so that its address can be read and shared.
  for (const form of document.querySelectorAll("form[method=get]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) {
        if (field.name && field.value === "") field.disabled = true;
      }
    });
  }
  window.addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
  });

  const text = document.getElementById("report");
  if (!text) return;
  const why = document.getElementById("why");
  const invitation = why.textContent;

  for (const box of document.querySelectorAll(".layers input[name=show]")) {
    box.addEventListener("change", () => text.classList.toggle("off-" + box.value, !box.checked));
  }

  const marks = [...text.querySelectorAll("[data-records]")];
  const byRecord = new Map();
  for (const mark of marks) {
    for (const id of mark.dataset.records.split(" ")) {
      if (!byRecord.has(id)) byRecord.set(id, []);
      byRecord.get(id).push(mark);
    }
  }
  const entry = (id) => document.getElementById("r-" + id);

  const dim = () => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    why.textContent = invitation;
  };
  const light = (ids) => {
    dim();
    const told = [];
    for (const id of ids) {
      const line = entry(id);
      if (line) {
        line.classList.add("lit");
        const kind = line.closest("details").querySelector("summary").firstChild.textContent.trim();
        told.push(kind + ": " + line.querySelector("a").textContent.trim());
      }
    }
    why.textContent = told.join(" · ");
  };

  // In a folder of pages a link names the words it leads to (#at-START-END): they are lit here.
  const aim = () => {
    const span = /^#at-(\d+)-(\d+)$/.exec(location.hash);
    if (!span) return;
    for (const anchor of text.querySelectorAll(".anchor")) {
      const at = /^at-(\d+)$/.exec(anchor.id);
      const piece = anchor.nextElementSibling;
      if (at && piece) piece.classList.toggle("target", +span[1] <= +at[1] && +at[1] < +span[2]);
    }
  };
  aim();
  window.addEventListener("hashchange", aim);

  for (const mark of marks) {
    const ids = mark.dataset.records.split(" ");
    for (const event of ["mouseenter", "focus"]) mark.addEventListener(event, () => light(ids));
    for (const event of ["mouseleave", "blur"]) mark.addEventListener(event, dim);
  }
  for (const line of document.querySelectorAll("[data-record]")) {
    const shine = (on) => {
      for (const mark of byRecord.get(line.dataset.record) || []) mark.classList.toggle("lit", on);
    };
    line.addEventListener("mouseenter", () => shine(true));
    line.addEventListener("mouseleave", () => shine(false));
    line.addEventListener("focusin", () => shine(true));
    line.addEventListener("focusout", () => shine(false));
  }
})();
