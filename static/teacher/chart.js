// Draws the figure that the page carries; without this script its sentences and its table say the same.
(function () {
  "use strict";
  var holder = document.getElementById("chart");
  var figure = JSON.parse(document.getElementById("figure").content.textContent);
  Plotly.register({ moduleType: "locale", name: "da", dictionary: {}, format: { decimal: ",", thousands: "." } });
  Plotly.newPlot(holder, figure.data, figure.layout, {
    locale: document.documentElement.lang,
    staticPlot: true,
    displayModeBar: false,
    showSendToCloud: false,
    responsive: true
  });
  // Paper is narrower than the screen: a chart that is not laid out anew would be cut.
  window.matchMedia("print").addListener(function (paper) {
    Plotly.relayout(holder, paper.matches ? { autosize: false, width: 660, height: 280 } : { autosize: true });
  });
})();
