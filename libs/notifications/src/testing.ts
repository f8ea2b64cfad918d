export { aBrowser, type PushPeer, startPushPeer, vapidClaims } from './testing/push-peer.js';
