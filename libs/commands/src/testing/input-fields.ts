import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';

/** Names of the fields that an input class validates and that keep a text as it came. */
export function inputFields(Input: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Input, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return names.filter((name) => {
    const kept: unknown = Reflect.get(plainToInstance(Input, { [name]: 'words' }), name);
    return kept === 'words';
  });
}
