export { EVENT_AUDIENCES } from './domain/event-audiences.js';
export { SpectatorFigures } from './spectator-figures.js';
export { SpectatorTallies, watchersOf } from './spectator-tallies.js';
export { toSpectatorSnapshot } from './domain/spectator-snapshot.js';
export { TableSnapshotProjector } from './table-snapshot-projector.js';
export { TableProjector } from './table-projector.js';
