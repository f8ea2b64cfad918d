export { EVENT_AUDIENCES } from './domain/event-audiences.js';
export { toSpectatorSnapshot } from './domain/spectator-snapshot.js';
export { TableSnapshotProjector } from './table-snapshot-projector.js';
export { TableProjector } from './table-projector.js';
