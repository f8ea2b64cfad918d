const BUILD = process.env.CLAWTANK_BUILD;

/** The service worker of this page's build. Null where the browser has none, or the pages are being developed. */
export async function startWorker(): Promise<ServiceWorkerRegistration | null> {
  if (BUILD === undefined || !('serviceWorker' in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(`/sw.js?v=${BUILD}`, { updateViaCache: 'none' });
  } catch {
    // A private window may refuse it; the pages work without.
    return null;
  }
}
