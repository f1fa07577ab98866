"use strict";
// Sorts tables, shows the rows that have what was chosen, and says where a table goes on beyond its edge.
(() => {
  for (const button of document.querySelectorAll("th button")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const body = head.closest("table").tBodies[0];
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      head.parentElement.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const numbers = head.classList.contains("number");
      const key = row => {
        const cell = row.cells[head.cellIndex];
        if (!numbers) return cell.textContent;
        return cell.dataset.value === undefined ? NaN : Number(cell.dataset.value);
      };
      const compare = (a, b) => {
        // Cells without a number come last, whichever way the others are turned.
        if (numbers && (isNaN(a) || isNaN(b))) return isNaN(a) - isNaN(b);
        return (ascending ? 1 : -1) * (numbers ? a - b : a.localeCompare(b));
      };
      [...body.rows].sort((a, b) => compare(key(a), key(b))).forEach(row => body.appendChild(row));
    });
  }

  const element = (name, parent, text = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  };

  // A long table has a choice for each column that names few things: a row is shown where it has all that was chosen.
  for (const section of document.querySelectorAll(".long")) {
    const heads = [...section.querySelectorAll("thead th")];
    const rows = [...section.querySelector("tbody").rows];
    const bar = document.createElement("div");
    bar.className = "filters";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Rows to show");
    const choices = [];
    heads.forEach((head, column) => {
      if (!head.textContent) return;
      const values = [...new Set(rows.map(row => row.cells[column].textContent))];
      if (values.length < 2 || values.length > 14 || values.length > rows.length / 3) return;
      const label = element("label", bar, head.textContent);
      const select = element("select", label);
      element("option", select, "all").value = "";
      values.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      values.forEach((value, at) => { element("option", select, value || "none").value = String(at + 1); });
      choices.push({ select, column, values });
    });
    if (!choices.length) continue;
    const count = element("output", bar);
    const show = () => {
      for (const row of rows) {
        row.hidden = choices.some(({ select, column, values }) =>
          select.value !== "" && row.cells[column].textContent !== values[Number(select.value) - 1]);
      }
      count.textContent = rows.filter(row => !row.hidden).length + " of " + rows.length + " rows";
    };
    choices.forEach(({ select }) => select.addEventListener("change", show));
    // A browser may keep what was chosen before the page was loaded again.
    show();
    section.insertBefore(bar, section.querySelector(".frame"));
  }

  // A table that goes on beyond its right edge says so, until that edge is in sight.
  const boxes = [...document.querySelectorAll(".frame")].map(frame => {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "More columns to the right: scroll sideways.";
    frame.before(hint);
    return { frame, hint, table: frame.querySelector(".table") };
  });
  const edges = () => boxes.forEach(({ frame, hint, table }) => {
    const beyond = table.scrollWidth - table.clientWidth;
    hint.hidden = beyond < 2;
    frame.classList.toggle("more", beyond - table.scrollLeft > 1);
  });
  boxes.forEach(({ table }) => table.addEventListener("scroll", edges, { passive: true }));
  window.addEventListener("resize", edges);
  edges();
})();
