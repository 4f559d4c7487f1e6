"""Estimates as layers, as a map for print and screen, and as a film of a period."""

from whoholds.draw.animation import film_bytes, film_frames, save_film, window_of
from whoholds.draw.frame import Frame, frame_of
from whoholds.draw.layers import as_json, cell_layer, front_layer, gain_layer, ground_layer, place_layer
from whoholds.draw.picture import draw_map, headline, picture_bytes, save_picture
from whoholds.draw.situation import Backdrop, Situation
from whoholds.draw.video import save_video

__all__ = [
    "Backdrop",
    "Frame",
    "Situation",
    "as_json",
    "cell_layer",
    "draw_map",
    "film_bytes",
    "film_frames",
    "frame_of",
    "front_layer",
    "gain_layer",
    "ground_layer",
    "headline",
    "picture_bytes",
    "place_layer",
    "save_film",
    "save_picture",
    "save_video",
    "window_of",
]
