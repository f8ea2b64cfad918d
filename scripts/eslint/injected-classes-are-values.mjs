const TYPE_ONLY =
  'ImportDeclaration[importKind="type"] > ImportSpecifier, ImportSpecifier[importKind="type"]';

const hasDecorator = (node, name) =>
  node.decorators?.some(({ expression }) => (expression.callee ?? expression).name === name) ?? false;

const parameterOf = (node) => (node.type === 'TSParameterProperty' ? node.parameter : node);

/** Name of the class that Nest would look up for this constructor parameter; none when a token is given. */
function injectedName(node) {
  if (hasDecorator(node, 'Inject')) return undefined;
  const annotation = parameterOf(node).typeAnnotation?.typeAnnotation;
  return annotation?.type === 'TSTypeReference' ? annotation.typeName : undefined;
}

/**
 * Nest finds a constructor parameter by the class that the compiler writes into the decorator metadata. An
 * `import type` is gone by then: the code compiles, and the application does not start.
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      value: '{{name}} is injected by its class: import it as a value, or name a token with @Inject().',
    },
  },
  create(context) {
    const typeOnly = new Set();
    return {
      [TYPE_ONLY]: (node) => typeOnly.add(node.local.name),
      'MethodDefinition[kind="constructor"]'(node) {
        if (!node.parent.parent.decorators?.length) return;
        for (const parameter of node.value.params) {
          const type = injectedName(parameter);
          if (!typeOnly.has(type?.name)) continue;
          context.report({ node: type, messageId: 'value', data: { name: type.name } });
        }
      },
    };
  },
};
