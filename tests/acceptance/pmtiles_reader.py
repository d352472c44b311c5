"""A PMTiles v3 archive, read with nothing of ours: header, directories, tiles. Written from the specification."""
import gzip
import struct


def varints(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value
            value = shift = 0


def directory(data):
    """The entries of a decompressed directory: (tile id, offset, length, run length)."""
    numbers = varints(data)
    count = next(numbers)
    ids, last = [], 0
    for _ in range(count):
        last += next(numbers)
        ids.append(last)
    runs = [next(numbers) for _ in range(count)]
    lengths = [next(numbers) for _ in range(count)]
    offsets = []
    for index in range(count):
        number = next(numbers)
        offsets.append(offsets[-1] + lengths[index - 1] if number == 0 and index else number - 1)
    return list(zip(ids, offsets, lengths, runs))


def zxy(tile_id):
    """Zoom, column and row of a tile id: its place on the Hilbert curve of its zoom."""
    zoom = passed = 0
    while passed + 4 ** zoom <= tile_id:
        passed += 4 ** zoom
        zoom += 1
    rest = tile_id - passed
    x = y = 0
    side = 1
    while side < 1 << zoom:
        right = 1 & (rest // 2)
        up = 1 & (rest ^ right)
        if up == 0:
            if right == 1:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        x += side * right
        y += side * up
        rest //= 4
        side *= 2
    return zoom, x, y


class Archive:
    def __init__(self, file):
        self._data = file.read_bytes()
        if self._data[:7] != b"PMTiles" or self._data[7] != 3:
            raise ValueError(f"{file}: no PMTiles 3")
        (self._root, root_length, metadata, metadata_length, self._leaves, _, self._tiles, _, self.addressed,
         self.entries, self.contents) = struct.unpack_from("<11Q", self._data, 8)
        clustered, internal, self.tile_compression, self.tile_type, self.minzoom, self.maxzoom = \
            struct.unpack_from("<6B", self._data, 96)
        west, south, east, north = struct.unpack_from("<4i", self._data, 102)
        self.bounds = [value / 1e7 for value in (west, south, east, north)]
        if internal != 2:
            raise ValueError("directories are not gzip'd")
        self.clustered = clustered == 1
        self._root_entries = directory(gzip.decompress(self._data[self._root:self._root + root_length]))
        self.metadata = gzip.decompress(self._data[metadata:metadata + metadata_length])

    def _walk(self, entries):
        for tile_id, offset, length, run in entries:
            if run == 0:
                begin = self._leaves + offset
                yield from self._walk(directory(gzip.decompress(self._data[begin:begin + length])))
            else:
                for each in range(run):
                    yield tile_id + each, self._data[self._tiles + offset:self._tiles + offset + length]

    def tiles(self):
        """All tiles by (zoom, column, row), as stored."""
        return {zxy(tile_id): data for tile_id, data in self._walk(self._root_entries)}
