/** Lets the browser keep this release, so that the product opens without a network. Failing costs that and nothing more. */
export function keepRelease(): void {
  // The development server has none.
  if (!import.meta.env.PROD) return;
  void navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined);
}
