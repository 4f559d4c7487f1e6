// What every layer of our own needs of the graphics card.

import { MercatorCoordinate } from "maplibre-gl";

/** The parts of a colour written #rrggbb, 0 to 1. */
export const rgb = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);

/** A point of the earth on the map's unit square. */
export function mercator(lon: number, lat: number): [number, number] {
  const at = MercatorCoordinate.fromLngLat([lon, lat]);
  return [at.x, at.y];
}

/** A program of two shaders; attribute n of `attributes` is at location n. */
export function linked(gl: WebGL2RenderingContext, vertex: string, fragment: string, attributes: string[]): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, code] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) continue; // the card was lost: it says so, and the layer is added anew
    gl.shaderSource(shader, code);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? "the map cannot be drawn");
    gl.attachShader(program, shader);
  }
  attributes.forEach((name, location) => gl.bindAttribLocation(program, location, name));
  gl.linkProgram(program);
  return program;
}
