import os

from .limits import MOST_PIXELS

os.environ['OPENCV_IO_MAX_IMAGE_PIXELS'] = str(MOST_PIXELS)
os.environ['OPENCV_FFMPEG_CAPTURE_OPTIONS'] = 'rtsp_transport;tcp|fflags;nobuffer|flags;low_delay'
# Both write about addresses to the standard error stream, past every log setting.
os.environ['OPENCV_FFMPEG_LOGLEVEL'] = '-8'
os.environ['OPENCV_LOG_LEVEL'] = 'SILENT'

import cv2

__all__ = ['cv2']
