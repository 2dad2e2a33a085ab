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
  // What the page at this address needs beside the entry, as the build knows it (preload.ts); once.
  var early = JSON.parse(document.currentScript.dataset.early || '[]');
  var preload = function () {
    early.splice(0).forEach(function (page) {
      if (!new RegExp(page.at).test(location.pathname)) return;
      page.files.forEach(function (file) {
        var link = document.createElement('link');
        link.rel = 'modulepreload';
        link.crossOrigin = '';
        link.href = file;
        document.head.append(link);
      });
    });
  };
  // Nothing shows before it is known who is here: the answers are on their way while the scripts are.
  var ask = function (method, path, more) {
    return fetch('/api/v1/' + path, {
      method: method,
      headers: Object.assign({ accept: 'application/json' }, more.headers),
      body: more.body,
      cache: 'no-store',
      signal: AbortSignal.timeout(29000),
    });
  };
  var renew = function () {
    return ask('POST', 'auth/refresh', { headers: { 'content-type': 'application/json' }, body: '{}' });
  };
  var askWho = function (tokens) {
    var workspace = stored('workspace');
    var headers = { authorization: 'Bearer ' + tokens.accessToken };
    if (workspace) headers['x-workspace'] = workspace;
    return ask('GET', 'session', { headers: headers });
  };
  if (navigator.locks) {
    var renewed = navigator.locks.request('regulars:renew', renew);
    // The files after the question: an old connection sends six requests at once, and this one all others wait for.
    var known = renewed
      .then(function (answer) {
        return answer.ok ? answer.clone().json() : undefined;
      })
      .catch(function () {}) // then the page asks for itself
      .then(function (tokens) {
        var answer = tokens && askWho(tokens);
        preload();
        return answer;
      });
    known.catch(function () {}); // whoever takes it is told
    window.headStart = { '/api/v1/auth/refresh': renewed, '/api/v1/session': known };
  } else preload();
})();
