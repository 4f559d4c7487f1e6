// Cells and places drawn by the graphics card straight from one small texture: a texel a place says what it looks
// like, so that a step of the slider sends some kilobytes, however many places there are.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import type { Cells, Places } from "./data";
import { linked, mercator, rgb } from "./shaders";

const WIDTH = 256;
/** Places are drawn from this zoom on. */
const PLACES_ZOOM = 7.2;
const MOST_STATES = 9;

const HEAD = `#version 300 es
precision highp float;
uniform mat4 u_matrix;
uniform sampler2D u_look;
uniform vec3 u_colours[${MOST_STATES}];
uniform int u_contested;
uniform float u_size;
`;
// A texel: the likeliest state, how sure (0 to 1), 1 where observed, and the state it came to hold newly, plus one.
const LOOK = `
vec4 look(float slot) {
  int s = int(slot);
  return texelFetch(u_look, ivec2(s % ${WIDTH}, s / ${WIDTH}), 0);
}
int whole(float part) { return int(part * 255.0 + 0.5); }
`;
const CELLS = {
  vertex: `${HEAD}${LOOK}
in vec2 a_at; in float a_slot;
flat out vec4 v_look;
void main() { v_look = look(a_slot); gl_Position = u_matrix * vec4(a_at, 0.0, 1.0); }`,
  fragment: `${HEAD}${LOOK}
flat in vec4 v_look;
out vec4 colour;
void main() {
  float sure = v_look.g;
  float alpha = sure < 0.6 ? mix(0.12, 0.28, clamp((sure - 0.34) / 0.26, 0.0, 1.0)) : mix(0.28, 0.62, clamp((sure - 0.6) / 0.3, 0.0, 1.0));
  int best = whole(v_look.r);
  colour = vec4(u_colours[best] * alpha, alpha);
  int won = whole(v_look.a);
  if (won > 0) colour = vec4(u_colours[won - 1] * 0.35, 0.35) + colour * 0.65;
  if (best == u_contested && mod(gl_FragCoord.x + gl_FragCoord.y, 12.0 * u_size) < 3.0 * u_size) colour = vec4(0.16, 0.16, 0.16, 1.0) * 0.45 + colour * 0.55;
}`,
};
const DOTS = {
  vertex: `${HEAD}${LOOK}
in vec2 a_at; in float a_slot;
flat out vec4 v_look;
void main() { v_look = look(a_slot); gl_Position = u_matrix * vec4(a_at, 0.0, 1.0); gl_PointSize = u_size; }`,
  fragment: `${HEAD}${LOOK}
flat in vec4 v_look;
out vec4 colour;
void main() {
  float r = length(gl_PointCoord - 0.5) * u_size;
  float edge = u_size * 0.5;
  if (r > edge) discard;
  vec3 own = u_colours[whole(v_look.r)];
  bool rim = r > edge - max(1.0, 0.18 * u_size);
  colour = rim || v_look.b > 0.5 ? vec4(own, 1.0) : vec4(vec3(0.35), 0.35);
}`,
};

/** What the two layers share: a texel a place, then one a piece of ground that never changes. */
export class Look {
  private readonly texels: Uint8Array;
  private texture: WebGLTexture | null = null;
  private readonly height: number;
  private stale = true;

  constructor(texels: number, readonly colours: string[]) {
    this.height = Math.max(1, Math.ceil(texels / WIDTH));
    this.texels = new Uint8Array(WIDTH * this.height * 4);
  }

  set(place: number, best: number, sure: number, observed: boolean): void {
    const at = 4 * place;
    this.texels[at] = best;
    this.texels[at + 1] = sure;
    this.texels[at + 2] = observed ? 255 : 0;
    this.stale = true;
  }

  /** The state a place came to hold newly; -1 for none. */
  won(place: number, state: number): void {
    this.texels[4 * place + 3] = state + 1;
    this.stale = true;
  }

  bind(gl: WebGL2RenderingContext): void {
    gl.activeTexture(gl.TEXTURE0);
    if (!this.texture) {
      this.texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, this.texture);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
      this.stale = true;
    } else gl.bindTexture(gl.TEXTURE_2D, this.texture);
    if (!this.stale) return;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, WIDTH, this.height, 0, gl.RGBA, gl.UNSIGNED_BYTE, this.texels);
    this.stale = false;
  }

  /** After the browser lost the card's memory. */
  forget(): void { this.texture = null; }
}

abstract class Drawn implements CustomLayerInterface {
  readonly type = "custom" as const;
  protected map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private vertices: WebGLVertexArrayObject | null = null;
  protected n = 0;

  constructor(readonly id: string, protected readonly look: Look, private readonly shaders: { vertex: string; fragment: string }) {}

  /** Points as x, y, slot. */
  protected abstract points(): Float32Array;
  protected abstract paint(gl: WebGL2RenderingContext, size: WebGLUniformLocation | null): void;

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.look.forget();
    const program = linked(gl, this.shaders.vertex, this.shaders.fragment, ["a_at", "a_slot"]);
    const points = this.points();
    this.n = points.length / 3;
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 12, 0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 1, gl.FLOAT, false, 12, 8);
    gl.bindVertexArray(null);
    this.program = program;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (!this.program || !this.n || !this.map) return;
    gl.useProgram(this.program);
    this.look.bind(gl);
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(this.program as WebGLProgram, name);
    gl.uniformMatrix4fv(at("u_matrix"), false, input.defaultProjectionData.mainMatrix);
    gl.uniform1i(at("u_look"), 0);
    gl.uniform3fv(at("u_colours"), this.look.colours.slice(0, MOST_STATES).flatMap(rgb));
    gl.uniform1i(at("u_contested"), this.look.colours.length - 1);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    this.paint(gl, at("u_size"));
    gl.bindVertexArray(null);
  }
}

/**
 * The ground: cells that ever change in the colour of their place, and the others joined, each piece with a texel after
 * those of the places. One layer draws both from the same points, so that no gap shows between them.
 */
export class CellLayer extends Drawn {
  constructor(look: Look, private readonly cells: Cells, private readonly places: number) {
    super("cells", look, CELLS);
    cells.steady.forEach(({ state, sure }, i) => look.set(places + i, state, Math.round(255 * sure), false));
  }

  protected points(): Float32Array {
    const out: number[] = [];
    const pieces = [
      ...this.cells.moving.map(({ place, rings, triangles }) => ({ slot: place, rings, triangles })),
      ...this.cells.steady.map(({ rings, triangles }, i) => ({ slot: this.places + i, rings, triangles })),
    ];
    for (const { slot, rings, triangles } of pieces) {
      const corners: [number, number][] = [];
      for (const ring of rings) for (let i = 0; i + 1 < ring.length; i += 2) corners.push(mercator(ring[i] ?? 0, ring[i + 1] ?? 0));
      const put = (at: number): void => { const c = corners[at]; if (c) out.push(c[0], c[1], slot); };
      if (triangles.length) triangles.forEach(put);
      else for (let i = 1; i + 1 < corners.length; i++) { put(0); put(i); put(i + 1); }
    }
    return new Float32Array(out);
  }

  protected paint(gl: WebGL2RenderingContext, size: WebGLUniformLocation | null): void {
    gl.uniform1f(size, window.devicePixelRatio);
    gl.drawArrays(gl.TRIANGLES, 0, this.n);
  }
}

/** Places as dots where a report names them, as rings where they are inferred. */
export class DotLayer extends Drawn {
  constructor(look: Look, private readonly places: Places) {
    super("places", look, DOTS);
  }

  protected points(): Float32Array {
    const { lon, lat } = this.places;
    const out = new Float32Array(3 * lon.length);
    lon.forEach((x, i) => out.set([...mercator(x, lat[i] ?? 0), i], 3 * i));
    return out;
  }

  protected paint(gl: WebGL2RenderingContext, size: WebGLUniformLocation | null): void {
    const zoom = this.map?.getZoom() ?? 0;
    if (zoom < PLACES_ZOOM) return;
    const radius = zoom < 10 ? 1.6 + ((zoom - 7) / 3) * 2.9 : 4.5 + ((zoom - 10) / 3) * 4;
    gl.uniform1f(size, 2 * radius * window.devicePixelRatio);
    gl.drawArrays(gl.POINTS, 0, this.n);
  }
}
