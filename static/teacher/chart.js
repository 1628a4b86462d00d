// Draws the figures that the page carries, each in the template behind its holder; without this script the sentences and
// the tables say the same.
(function () {
  "use strict";
  Plotly.register({ moduleType: "locale", name: "da", dictionary: {}, format: { decimal: ",", thousands: "." } });
  document.querySelectorAll(".chart").forEach(function (holder) {
    var figure = JSON.parse(holder.nextElementSibling.content.textContent);
    // An empty holder is hidden, and what is hidden has no width to draw in.
    holder.textContent = " ";
    Plotly.newPlot(holder, figure.data, figure.layout, {
      locale: document.documentElement.lang,
      staticPlot: true,
      displayModeBar: false,
      showSendToCloud: false,
      responsive: true
    });
    // Paper is narrower than the screen: a chart that is not laid out anew would be cut.
    var font = figure.layout.font.size;
    var size = holder.dataset.paper.split(" ").map(Number);
    window.matchMedia("print").addListener(function (print) {
      Plotly.relayout(holder, print.matches
        ? { autosize: false, width: size[0], height: size[1], "font.size": size[2] }
        : { autosize: true, "font.size": font });
    });
  });
})();
