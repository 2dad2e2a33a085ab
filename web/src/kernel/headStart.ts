/** What `boot.js` asked the server before any script was here. */
declare global {
  interface Window {
    headStart?: Promise<Response> | undefined;
  }
}

/** The answer that `boot.js` waits for, to the first renewal of the page; undefined for every other request. */
export function headStart(url: string): Promise<Response> | undefined {
  if (!url.endsWith('/auth/refresh')) return undefined;
  const asked = window.headStart;
  window.headStart = undefined;
  return asked;
}
