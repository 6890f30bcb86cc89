// What structured-data-testing-tool finds in the pages of a JSON file ({address: markup}): for each the types of
// schema.org, and a line for each failure. Asks nobody: the markup is given.
const fs = require('fs')
const path = require('path')
const modules = path.join(__dirname, '..', 'node_modules')
const { structuredDataTest } = require(path.join(modules, 'structured-data-testing-tool'))
const presets = require(path.join(modules, 'structured-data-testing-tool', 'presets'))
const { schemas } = require(path.join(modules, 'structured-data-testing-tool', 'lib', 'schemas'))

// What Google asks of each type. SocialMedia warns of names of accounts, which the site has none of.
const REQUIRED = {
  NewsArticle: ['headline', 'image', 'datePublished', 'publisher.name', 'publisher.logo.url', 'author.name', 'mainEntityOfPage'],
  Event: ['name', 'startDate', 'location'],
  Organization: ['name', 'url', 'logo.url'],
  WebSite: ['name', 'url', 'potentialAction.target.urlTemplate', 'potentialAction."query-input"'],
  BreadcrumbList: ['itemListElement[0].position', 'itemListElement[0].name', 'itemListElement[0].item'],
  Quotation: ['text', 'inLanguage'],
  Dataset: ['name', 'description', 'distribution[0].contentUrl'],
  CreativeWork: ['name', 'description']
}

function types (node) {
  if (Array.isArray(node)) return node.flatMap(types)
  if (!node || typeof node !== 'object') return []
  return [...(node['@type'] ? [node['@type']] : []), ...Object.values(node).flatMap(types)]
}

async function check (markup) {
  const options = { presets: [presets.SocialMedia] }
  let result
  try {
    result = await structuredDataTest(markup, options)
  } catch (error) {
    if (error.type !== 'VALIDATION_FAILED') throw error
    result = error.res
  }
  const failures = result.failed.map(test => `${test.group || ''} ${test.test}: ${test.error && test.error.message}`)
  const found = result.structuredData.jsonld
  const tests = Object.entries(REQUIRED).flatMap(([type, properties]) => (found[type] || []).flatMap(
    (node, place) => properties.map(name => ({ test: `${type}[${place}].${name}`, type: 'jsonld', expect: true }))))
  if (tests.length) {
    try {
      await structuredDataTest(markup, { tests, auto: false })
    } catch (error) {
      if (error.type !== 'VALIDATION_FAILED') throw error
      failures.push(...error.res.failed.map(test => `${test.test}: ${test.error && test.error.message}`))
    }
  }
  const named = types(Object.values(found))
  failures.push(...named.filter(type => !schemas[type]).map(type => `${type} is no type of schema.org`))
  return { types: [...new Set(Object.keys(found))].sort(), failures }
}

async function main () {
  const pages = JSON.parse(fs.readFileSync(process.argv[2]))
  const found = {}
  for (const [address, markup] of Object.entries(pages)) found[address] = await check(markup)
  process.stdout.write(JSON.stringify(found))
}

main().catch(error => { console.error(error); process.exit(1) })
