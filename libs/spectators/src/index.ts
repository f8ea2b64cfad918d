export { EVENT_AUDIENCES } from './domain/event-audiences.js';
export { toSpectatorSnapshot } from './domain/spectator-snapshot.js';
export { SpectatorSnapshots } from './spectator-snapshots.js';
export { TableProjector } from './table-projector.js';
