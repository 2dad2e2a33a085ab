// Runs before the first paint, so that neither theme nor language flickers. Kept in step with kernel/theme and kernel/i18n.
(function () {
  var root = document.documentElement;
  var stored = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be switched off
    }
  };
  var theme = stored('theme');
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.lang = stored('locale') || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en');
})();
