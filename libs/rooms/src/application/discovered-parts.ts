import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DirectoryPart, SnapshotPart } from './ports.js';

/** What other libs add to a room's snapshot and to the directory, found at start. */
@Injectable()
export class DiscoveredParts implements OnModuleInit {
  private snapshotParts: readonly SnapshotPart[] = [];
  private directoryParts: readonly DirectoryPart[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const instances: unknown[] = this.discovery
      .getProviders()
      .map((provider) => provider.instance as unknown);
    this.snapshotParts = [...new Set(instances.filter((part) => part instanceof SnapshotPart))];
    this.directoryParts = [...new Set(instances.filter((part) => part instanceof DirectoryPart))];
  }

  get snapshot(): readonly SnapshotPart[] {
    return this.snapshotParts;
  }

  get directory(): readonly DirectoryPart[] {
    return this.directoryParts;
  }
}
