"""What the programs share that open things in QGIS, headless: import this before anything of qgis."""
import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "*.debug=false"
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp()  # a profile of its own, never the user's

from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings  # noqa: E402
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

WHITE = QColor(255, 255, 255)
STEP = 3  # every third pixel of every third line is looked at


def started(widgets=False):
    """QGIS, which must be kept; `widgets`: with what windows are made of."""
    application = QgsApplication([], widgets)
    application.initQgis()
    return application


def draw(layers, extent, crs, width, height, picture):
    """Draws layers together, the first on top; the share of the picture that is not white, and how many colours it has."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(WHITE)
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture, "PNG")
    pixels = [image.pixel(x, y) for y in range(0, height, STEP) for x in range(0, width, STEP)]
    drawn = [pixel for pixel in pixels if pixel != WHITE.rgb()]
    return {"drawn": len(drawn) / len(pixels), "colours": len(set(drawn)), "errors": [error.message for error in job.errors()]}
