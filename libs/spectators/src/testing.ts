export { SAMPLE_EVENT_DATA } from './testing/event-data.js';
export { planted } from './testing/planted.js';
export { SAMPLE_PUBLIC_ROOM, SAMPLE_SNAPSHOT } from './testing/room-snapshot.js';
