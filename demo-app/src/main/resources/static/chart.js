/*
 * Draws how a number has gone lately, one layer for each worker, upon each other. Knows nothing of the cluster.
 */

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 100;

function shape(name, attributes = {}) {
	const created = document.createElementNS(SVG, name);
	for (const [attribute, value] of Object.entries(attributes)) {
		created.setAttribute(attribute, value);
	}
	return created;
}

function element(tag, className, text = "") {
	const created = document.createElement(tag);
	created.className = className;
	created.textContent = text;
	return created;
}

/** The least of 2, 4, 6, 8, 10, 20, 40, … that is not below the number: its half is whole as well. */
export function ceiling(number) {
	let step = 1;
	for (;;) {
		for (const factor of [2, 4, 6, 8, 10]) {
			if (factor * step >= number) {
				return factor * step;
			}
		}
		step *= 10;
	}
}

export function timeOfDay(at) {
	return new Date(at).toLocaleTimeString([], { hour12: false });
}

function total(values) {
	return [...values.values()].reduce((sum, value) => sum + value, 0);
}

/**
 * Puts a chart into a figure.
 *
 * @param figure the figure
 * @param title what the number is
 * @param spans how many milliseconds may be shown: the shortest that holds all there is, or else the last one
 * @param onPoint is told the time that the pointer is at, or null
 * @return show(samples, layers, marks, now) draws, point(at) shows the numbers of one time instead of the latest.
 *         A sample is { at, values: Map of layer to number }, values null where nothing is known; a layer { key, hue };
 *         a mark { at, text, before }, whose text stands to its left if before is true and there is room.
 */
export function chart(figure, title, spans, onPoint) {
	const caption = element("figcaption", "chart-caption");
	const value = element("span", "chart-value", "–");
	caption.append(element("span", "chart-title", title), value);
	const svg = shape("svg", { preserveAspectRatio: "none", role: "img" });
	const layersGroup = shape("g");
	const marksGroup = shape("g");
	const cursor = shape("line", { class: "chart-cursor", y1: 0, y2: HEIGHT });
	cursor.style.display = "none";
	const grid = [0, HEIGHT / 2, HEIGHT].map((y) => shape("line", { class: "chart-grid", x1: 0, x2: spans.at(-1), y1: y, y2: y }));
	svg.append(...grid, layersGroup, marksGroup, cursor);
	const plot = element("div", "chart-plot");
	const scale = [element("span", "chart-scale"), element("span", "chart-scale half")];
	const texts = element("div", "chart-marks");
	plot.append(svg, ...scale, texts);
	const axis = element("div", "chart-axis");
	axis.setAttribute("aria-hidden", "true");
	[...scale, texts].forEach((part) => part.setAttribute("aria-hidden", "true"));
	const begin = element("span", "");
	axis.append(begin, element("span", "", "now"));
	figure.append(caption, plot, axis);

	let samples = [];
	let end = 0;
	let span = spans.at(-1);
	let pointed = null;

	plot.addEventListener("pointermove", (event) => {
		const box = plot.getBoundingClientRect();
		onPoint(end - span * (1 - (event.clientX - box.left) / box.width));
	});
	plot.addEventListener("pointerleave", () => onPoint(null));

	/** Runs of samples with values: where nothing is known, nothing is drawn. */
	function runs() {
		const found = [[]];
		for (const sample of samples) {
			if (sample.values) {
				found.at(-1).push(sample);
			}
			else if (found.at(-1).length > 0) {
				found.push([]);
			}
		}
		return found.filter((run) => run.length > 0);
	}

	function area(run, below, above) {
		const x = (sample) => (sample.at - end + span).toFixed(0);
		const upper = run.map((sample) => `${x(sample)},${above(sample).toFixed(2)}`);
		const lower = run.map((sample) => `${x(sample)},${below(sample).toFixed(2)}`).reverse();
		return `M${upper.join("L")}L${lower.join("L")}Z`;
	}

	function read() {
		const known = samples.filter((sample) => sample.values);
		const latest = known.at(-1);
		let shown = latest;
		if (pointed !== null && known.length > 0) {
			shown = known.reduce((best, sample) => (Math.abs(sample.at - pointed) < Math.abs(best.at - pointed) ? sample : best));
		}
		cursor.style.display = (pointed === null || !shown) ? "none" : "";
		if (shown) {
			const x = Math.max(0, shown.at - end + span);
			cursor.setAttribute("x1", x);
			cursor.setAttribute("x2", x);
			const number = Math.round(total(shown.values));
			value.textContent = (pointed === null) ? number : `${number} at ${timeOfDay(shown.at)}`;
		}
		if (latest) {
			const totals = known.map((sample) => Math.round(total(sample.values)));
			svg.setAttribute("aria-label", `${title} in the last ${span / 1000} seconds: now ${totals.at(-1)}, `
				+ `from ${Math.min(...totals)} to ${Math.max(...totals)}`);
		}
		else {
			svg.setAttribute("aria-label", `${title}: nothing is known yet`);
		}
	}

	function show(taken, layers, marks, now) {
		span = spans.find((candidate) => taken.length > 0 && taken[0].at >= now - candidate) ?? spans.at(-1);
		svg.setAttribute("viewBox", `0 0 ${span} ${HEIGHT}`);
		begin.textContent = `${span / 1000} s ago`;
		// One before those that are in sight, so that lines come from the edge
		const first = taken.findIndex((sample) => sample.at >= now - span);
		samples = (first < 0) ? [] : taken.slice(Math.max(0, first - 1));
		end = now;
		const highest = ceiling(Math.max(2, ...samples.map((sample) => (sample.values ? total(sample.values) : 0))));
		scale[0].textContent = highest;
		scale[1].textContent = highest / 2;
		const y = (number) => HEIGHT - HEIGHT * number / highest;
		const bases = new Map();
		const shapes = [];
		const found = runs();
		for (const layer of layers) {
			for (const run of found) {
				const base = new Map(run.map((sample) => [sample, bases.get(sample) ?? 0]));
				run.forEach((sample) => bases.set(sample, base.get(sample) + (sample.values.get(layer.key) ?? 0)));
				const path = shape("path", {
					class: "chart-layer",
					d: area(run, (sample) => y(base.get(sample)), (sample) => y(bases.get(sample))),
				});
				path.style.setProperty("--hue", layer.hue);
				shapes.push(path);
			}
		}
		layersGroup.replaceChildren(...shapes);
		const visible = marks.filter((mark) => mark.at > now - span);
		marksGroup.replaceChildren(...visible.map((mark) => shape("line",
			{ class: "chart-mark", x1: mark.at - now + span, x2: mark.at - now + span, y1: 0, y2: HEIGHT })));
		texts.replaceChildren(...visible.map((mark) => {
			const text = element("span", "", mark.text);
			const place = (mark.at - now + span) / span;
			text.style.left = `${100 * place}%`;
			text.classList.toggle("before", place > (mark.before ? 0.2 : 0.8));
			return text;
		}));
		read();
	}

	function point(at) {
		pointed = at;
		read();
	}

	read();
	return { show, point };
}
