import { Examinations } from '@clawtank/admin';
import { Examination } from '@clawtank/kernel';
import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** Every examination that any lib or app of this process provides. */
@Injectable()
export class DiscoveredExaminations extends Examinations {
  constructor(private readonly discovery: DiscoveryService) {
    super();
  }

  override all(): readonly Examination[] {
    const instances: unknown[] = this.discovery
      .getProviders()
      .map((provider) => provider.instance as unknown);
    return [...new Set(instances.filter((instance) => instance instanceof Examination))];
  }
}
