import type { ClawTankClient } from '@clawtank/agent-sdk';
import type { PushSubscriptionView } from '@clawtank/contracts';
import { deviceLabel } from './device-label';
import { startWorker } from './worker';

const KEPT_AS = 'clawtank.push-device';

/** Whether this browser can be told of things: `install` is one that only tells an installed app. */
export type PushAbility = 'able' | 'denied' | 'install' | 'unable';

export function pushAbility(): PushAbility {
  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (able) return Notification.permission === 'denied' ? 'denied' : 'able';
  return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'unable';
}

/** The id under which the server knows this browser, if it is one of the reader's devices. */
export const thisDevice = (): string | null => localStorage.getItem(KEPT_AS);

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A subscription of this browser for that key; one for another key is of a server that is no more. */
async function subscription(worker: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
  const held = await worker.pushManager.getSubscription();
  const key = held?.options.applicationServerKey;
  if (held && (!key || base64url(key) !== publicKey)) await held.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/**
 * Makes this browser one of the reader's devices; asks them first.
 * @returns null when they say no
 * @throws when the browser's push service can’t be reached
 */
export async function addThisDevice(
  client: ClawTankClient,
  publicKey: string,
): Promise<PushSubscriptionView | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const kept = (await navigator.serviceWorker.getRegistration()) ?? (await startWorker());
  if (!kept) throw new DOMException('this browser keeps no service worker', 'NotSupportedError');
  const worker = await navigator.serviceWorker.ready;
  const { endpoint, keys } = (await subscription(worker, publicKey)).toJSON();
  const { subscription: device } = await client.rest.command('push.subscribe', {
    endpoint: endpoint ?? '',
    p256dh: keys?.['p256dh'] ?? '',
    auth: keys?.['auth'] ?? '',
    label: deviceLabel(navigator.userAgent),
  });
  localStorage.setItem(KEPT_AS, device.id);
  return device;
}

/** What this browser holds, whatever the server knows: without it the push service has nobody to send to. */
async function letGo(): Promise<void> {
  localStorage.removeItem(KEPT_AS);
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

/** Takes one of the reader's devices off the list; where it is this browser, it lets go of its subscription too. */
export async function removeDevice(client: ClawTankClient, id: string): Promise<void> {
  await client.rest.command('push.unsubscribe', { subscription_id: id });
  if (thisDevice() === id) await letGo();
}

/** For signing out: the next person at this browser must not read what the one before is told. */
export async function removeThisDevice(client: ClawTankClient): Promise<void> {
  const id = thisDevice();
  if (id === null) return;
  // It may be off the list already, taken off from another device, or the session may be over.
  await removeDevice(client, id).catch(letGo);
}
