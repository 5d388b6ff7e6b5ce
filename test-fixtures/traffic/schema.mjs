// Makes one JSON schema of all messages: those of the Language Server Protocol from its official TypeScript types, ours from the types
// in PROTOCOL.md. Its `properties` are named METHOD params, METHOD result and so on.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;

/** What PROTOCOL.md says of our own messages; the names are those of its types. */
const OURS = {
  'hexlens/textSearch params': 'TextSearchParams',
  'hexlens/textSearch result': 'TextSearchResult',
  'hexlens/textSearch batch': 'TextSearchBatch',
  'hexlens/patternSearch params': 'PatternSearchParams',
  'hexlens/patternSearch result': 'PatternSearchResult',
  'hexlens/patternSearch batch': 'PatternSearchBatch',
  'hexlens/usages params': 'UsagesParams',
  'hexlens/usages result': 'UsagesResult',
  'hexlens/usages batch': 'UsagesBatch',
  'hexlens/status params': 'StatusParams | null',
  'hexlens/status result': 'StatusResult',
  'hexlens.reindexHex arguments': '[] | [ReindexHexArguments]',
  'hexlens.reindexHex result': 'ReindexHexResult',
  'hexlens.reindexWorkspace arguments': '[]',
  'hexlens.reindexWorkspace result': 'ReindexWorkspaceResult',
  'experimental': 'ExperimentalCapabilities',
  'settings': 'Settings',
};

const COMPILER = {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  skipLibCheck: true,
  types: [],
};

/** The official messages: the type arguments of every `type` constant in a namespace with a `method`. */
function official(file) {
  writeFileSync(file, "import * as p from 'vscode-languageserver-protocol';\nexport { p };\n");
  const program = ts.createProgram([file], COMPILER);
  const checker = program.getTypeChecker();
  const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const statement = program.getSourceFile(file).statements[0];
  const library = resolved(checker.getSymbolAtLocation(statement.importClause.namedBindings.name));
  const exported = new Set(checker.getExportsOfModule(library).map((symbol) => symbol.name));
  const written = (type) =>
    checker
      .typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType)
      .replace(/import\("[^"]*"\)\./g, '')
      .replace(/(?<!['".\w])[A-Z]\w*/g, (name) => (exported.has(name) ? `p.${name}` : name))
      .replace(/^void$/, 'null');
  const messages = {};
  for (const each of checker.getExportsOfModule(library)) {
    const namespace = resolved(each);
    if (!(namespace.flags & ts.SymbolFlags.Namespace)) continue;
    const members = checker.getExportsOfModule(namespace);
    const type = members.find((member) => member.name === 'type');
    const method = members.find((member) => member.name === 'method');
    if (!type || !method) continue;
    const literal = checker.getTypeOfSymbol(method);
    if (!literal.isStringLiteral()) continue;
    const constant = checker.getTypeOfSymbol(type);
    const types = (constant.aliasTypeArguments ?? checker.getTypeArguments(constant)).map(written);
    switch (constant.symbol.name) {
      case 'ProtocolRequestType':
        messages[`${literal.value} params`] = types[0];
        messages[`${literal.value} result`] = types[1];
        break;
      case 'ProtocolRequestType0':
        messages[`${literal.value} result`] = types[0];
        break;
      case 'ProtocolNotificationType':
        messages[`${literal.value} params`] = types[0];
        break;
      default: // a notification without parameters
    }
  }
  // Their constants are no protocol types, and some of their types are not exported.
  messages['$/progress params'] = '{ token: p.ProgressToken; value: p.LSPAny }';
  messages['$/cancelRequest params'] = '{ id: p.integer | string }';
  messages['$/setTrace params'] = 'p.SetTraceParams';
  messages['window/workDoneProgress/create params'] = 'p.WorkDoneProgressCreateParams';
  messages['work done'] = 'p.WorkDoneProgressBegin | p.WorkDoneProgressReport | p.WorkDoneProgressEnd';
  return messages;
}

/** The TypeScript of a Markdown file. */
function typesOf(markdown) {
  return [...readFileSync(markdown, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => block[1]).join('\n');
}

/** Numbers that the protocol bounds, and the types that TypeScript can't write. */
const BOUNDED = {
  uinteger: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 },
  integer: { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
};

/** @returns the schema; in it nothing is allowed that the types don't name */
export function schemaOf(protocol) {
  // Beside the packages, for imports are looked up from there.
  const folder = mkdtempSync(join(here, 'node_modules', '.hexlens-'));
  try {
    const messages = { ...official(join(folder, 'library.ts')), ...OURS };
    const file = join(folder, 'messages.ts');
    writeFileSync(
      file,
      `import * as p from 'vscode-languageserver-protocol';
import type { integer, uinteger, DocumentUri, Position, ProgressToken, Range, TextDocumentIdentifier } from 'vscode-languageserver-protocol';
${typesOf(protocol)}
export interface Messages {
${Object.entries(messages)
  .map(([name, type]) => `  ${JSON.stringify(name)}: ${type};`)
  .join('\n')}
}
`,
    );
    const program = ts.createProgram([file], COMPILER);
    const mistakes = ts.getPreEmitDiagnostics(program);
    if (mistakes.length > 0) {
      throw new Error(
        `the types in ${protocol} or of the library can't be read:\n${ts.formatDiagnostics(mistakes, {
          getCanonicalFileName: (name) => name,
          getCurrentDirectory: () => folder,
          getNewLine: () => '\n',
        })}`,
      );
    }
    const tsconfig = join(folder, 'tsconfig.json');
    writeFileSync(
      tsconfig,
      JSON.stringify({
        compilerOptions: { module: 'node16', moduleResolution: 'node16', target: 'es2022', strict: true, skipLibCheck: true, types: [] },
        files: ['messages.ts'],
      }),
    );
    const schema = createGenerator({
      path: file,
      tsconfig,
      type: 'Messages',
      skipTypeCheck: true,
      additionalProperties: false,
      topRef: false,
      expose: 'all',
      jsDoc: 'none',
    }).createSchema('Messages');
    for (const [name, bounds] of Object.entries(BOUNDED)) {
      if (!schema.definitions[name]) throw new Error(`the library has no type ${name} any more`);
      schema.definitions[name] = bounds;
    }
    return schema;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same schema, in which more may be than the types name: clients send fields of older and newer protocols. */
export function lenient(schema) {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === 'additionalProperties' && value === false ? undefined : value)));
}
