// The front line drawn by the graphics card: a rectangle with round ends for each stretch of it, so that a step of the
// slider sends some kilobytes and the line moves in the same frame as the ground.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { linked, mercator, rgb } from "./shaders";

const VERTEX = `#version 300 es
precision highp float;
uniform mat4 u_matrix;
uniform vec2 u_view;
uniform float u_half;
in vec4 a_ends;
out vec2 v_at;
flat out float v_long;
void main() {
  vec4 from = u_matrix * vec4(a_ends.xy, 0.0, 1.0);
  vec4 to = u_matrix * vec4(a_ends.zw, 0.0, 1.0);
  vec2 a = from.xy / from.w * u_view;
  vec2 b = to.xy / to.w * u_view;
  float long_ = length(b - a);
  vec2 along = long_ > 0.0 ? (b - a) / long_ : vec2(1.0, 0.0);
  float reach = u_half + 1.0;
  vec2 corner = vec2(gl_VertexID < 2 ? -reach : long_ + reach, (gl_VertexID & 1) == 0 ? -reach : reach);
  v_at = corner;
  v_long = long_;
  gl_Position = vec4((a + along * corner.x + vec2(-along.y, along.x) * corner.y) / u_view, 0.0, 1.0);
}`;
const FRAGMENT = `#version 300 es
precision highp float;
uniform float u_half;
uniform vec3 u_colour;
in vec2 v_at;
flat in float v_long;
out vec4 colour;
void main() {
  float away = length(vec2(v_at.x - clamp(v_at.x, 0.0, v_long), v_at.y));
  float cover = clamp(u_half + 0.5 - away, 0.0, 1.0);
  if (cover <= 0.0) discard;
  colour = vec4(u_colour * cover, cover);
}`;

/** Half the width of the line and of the rim around it [CSS pixel] at a zoom. */
function halves(zoom: number): { line: number; rim: number } {
  const part = Math.min(1, Math.max(0, (zoom - 4) / 6));
  return { line: 0.7 + 0.8 * part, rim: 1.5 + 1.5 * part };
}

export class FrontLayer implements CustomLayerInterface {
  readonly id = "front";
  readonly type = "custom" as const;
  private ends = new Float32Array();
  private stale = true;
  private map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private vertices: WebGLVertexArrayObject | null = null;
  private buffer: WebGLBuffer | null = null;

  constructor(private readonly line: string, private readonly rim: string) {}

  /** The lines to draw, each a flat list of longitudes and latitudes. */
  show(lines: number[][]): void {
    const out: number[] = [];
    for (const flat of lines) {
      let last: [number, number] | null = null;
      for (let i = 0; i + 1 < flat.length; i += 2) {
        const at = mercator(flat[i] ?? 0, flat[i + 1] ?? 0);
        if (last) out.push(...last, ...at);
        last = at;
      }
    }
    this.ends = new Float32Array(out);
    this.stale = true;
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = linked(gl, VERTEX, FRAGMENT, ["a_ends"]);
    this.vertices = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 16, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
    this.stale = true;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { program, map } = this;
    if (!program || !map || !this.ends.length) return;
    gl.useProgram(program);
    gl.bindVertexArray(this.vertices);
    if (this.stale) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.ends, gl.DYNAMIC_DRAW);
      this.stale = false;
    }
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    gl.uniformMatrix4fv(at("u_matrix"), false, input.defaultProjectionData.mainMatrix);
    gl.uniform2f(at("u_view"), gl.drawingBufferWidth / 2, gl.drawingBufferHeight / 2);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const { line, rim } = halves(map.getZoom());
    for (const [half, colour] of [[rim, this.rim], [line, this.line]] as const) {
      gl.uniform1f(at("u_half"), half * window.devicePixelRatio);
      gl.uniform3fv(at("u_colour"), rgb(colour));
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.ends.length / 4);
    }
    gl.bindVertexArray(null);
  }
}
