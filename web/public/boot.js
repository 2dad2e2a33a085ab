// Runs before the first paint and long before the scripts are here. Kept in step with kernel/theme, kernel/i18n and kernel/headStart.
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
  // Neither theme nor language flickers.
  root.lang = stored('locale') || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en');
  // Nothing shows before it is known who is here: the answer is on its way while the scripts are.
  var ask = function () {
    return fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{}',
      cache: 'no-store',
      signal: AbortSignal.timeout(29000),
    });
  };
  if (navigator.locks) {
    window.headStart = navigator.locks.request('regulars:renew', ask);
    window.headStart.catch(function () {}); // whoever takes it is told
  }
})();
