import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './manifests.ts'

/** A code that the source gives to a failure, and where it does so first. */
export interface Code {
  readonly code: string
  readonly where: string
  /** The expressions beside it, for people: what is said, and how to fix it. */
  readonly beside: string
}

/** Folders that ship in bundles. */
const scripts = ['actions/*/src/**/*.sh', 'packages/*/src/**/*.sh']
const shipped = ['actions/*/src/**/*.ts', 'actions/*/*/src/**/*.ts']

/**
 * Every failure code that the shipped source names: what is given to a parameter or a property called `code`, by the
 * types of TypeScript, so a new helper that passes codes on is seen too. Codes that are put together are not.
 */
export function codesOf(): Code[] {
  const files = globSync(shipped, { cwd: root }).map((path) => join(root, path))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  const found = new Map<string, Code>()

  function visit(node: ts.Node, file: ts.SourceFile): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const parameters = checker.getResolvedSignature(node)?.parameters ?? []
      parameters.forEach(({ name }, index) => {
        const given = node.arguments?.[index]
        if (name === 'code' && given) add(given, node, file)
      })
    }
    if (ts.isPropertyAssignment(node) && node.name.getText(file) === 'code') add(node.initializer, node.parent, file)
    if (
      ts.isVariableDeclaration(node) &&
      /codes$/i.test(node.name.getText(file)) &&
      node.initializer &&
      ts.isObjectLiteralExpression(node.initializer)
    )
      for (const each of node.initializer.properties)
        if (ts.isPropertyAssignment(each)) add(each.initializer, each, file)
    if (ts.isReturnStatement(node) || ts.isArrowFunction(node)) addReturned(node, file)
    ts.forEachChild(node, (child) => visit(child, file))
  }

  /** A function that is called `…Code`, or `codeOf`, returns codes. */
  function addReturned(node: ts.Node, file: ts.SourceFile): void {
    const holder = ts.findAncestor(node, ts.isFunctionDeclaration)
    if (ts.isReturnStatement(node) && node.expression && /code(Of)?$|^codeOf/i.test(holder?.name?.text ?? ''))
      add(node.expression, node, file)
  }

  function add(given: ts.Expression, beside: ts.Node, file: ts.SourceFile): void {
    const { line } = file.getLineAndCharacterOfPosition(given.getStart(file))
    for (const code of literals(given))
      if (!found.has(code))
        found.set(code, {
          code,
          where: `${file.fileName.slice(root.length + 1)}:${line + 1}`,
          beside: beside.getText(file).replace(/\s+/g, ' '),
        })
  }

  /** What a host says of itself: `missing CODE TEXT`, `refuse CODE TEXT`, and the variable `code`. */
  function fromScript(path: string): void {
    for (const [index, line] of readFileSync(join(root, path), 'utf8').split('\n').entries())
      for (const [, code = ''] of line.matchAll(/(?:\b(?:missing|doubt|refuse) |\bcode='?)([a-z]+(?:-[a-z]+)+)/g))
        if (!found.has(code)) found.set(code, { code, where: `${path}:${index + 1}`, beside: line.trim() })
  }

  for (const file of program.getSourceFiles())
    if (file.fileName.startsWith(root) && /\/src\//.test(file.fileName) && !/node_modules/.test(file.fileName))
      visit(file, file)
  for (const path of globSync(scripts, { cwd: root })) fromScript(path)
  return [...found.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** The texts that an expression may be; a choice has several. */
function literals(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return /^[a-z]+(-[a-z]+)*$/.test(node.text) ? [node.text] : []
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return literals(node.expression)
  if (ts.isBinaryExpression(node)) return [...literals(node.left), ...literals(node.right)]
  return []
}
