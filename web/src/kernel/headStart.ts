/** What `boot.js` asked the server before any script was here, by path; undefined: the answer before it made it needless. */
declare global {
  interface Window {
    headStart?: Record<string, Promise<Response | undefined>>;
  }
}

/** The answer that `boot.js` waits for, once for each path; every other request goes out by itself. */
export async function withHeadStart(url: string, send: () => Promise<Response>): Promise<Response> {
  const asked = window.headStart?.[url];
  if (asked) delete window.headStart![url];
  return (await asked) ?? send();
}
