#include "tile/compression.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <libdeflate.h>
#include <zstd.h>

#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

/// Level 9 costs eight times as much for 3 % (measured on point and polygon tiles).
constexpr int gzip_level = 6;

/// About the size that gzip has; level 16 gains 6 % and takes seven times as long (measured on point tiles).
constexpr int zstd_level = 9;

/// Bytes that are much to hold.
constexpr std::size_t large = std::size_t{1} << 20U;

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const noexcept {
        libdeflate_free_compressor(compressor);
    }
};

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const noexcept {
        libdeflate_free_decompressor(decompressor);
    }
};

/// The size that a gzip member says of its content (RFC 1952: the last four bytes); a hint, not to be
/// trusted.
std::size_t stated_size(std::string_view bytes) noexcept {
    std::size_t size = 0;
    for (std::size_t i = bytes.size(); i > bytes.size() - 4; --i) {
        size = size << 8U | static_cast<unsigned char>(bytes[i - 1]);
    }
    return size;
}

} // namespace

struct GzipCompressor::State {
    std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor;
    std::unique_ptr<char[]> room; // NOLINT(*-c-arrays): not filled, so that only what is used takes memory
    std::size_t room_size = 0;

    /// Compresses into so many bytes of room; answers how many were needed, or 0 where they are too few.
    std::size_t compress(std::string_view bytes, std::size_t wanted) {
        if (room_size < wanted) {
            room.reset();
            room = std::make_unique_for_overwrite<char[]>(wanted); // NOLINT(*-c-arrays)
            room_size = wanted;
        }
        return libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), room.get(), room_size);
    }

    /// Large tiles, those of points, shrink to less than half: the most that they can have would be memory
    /// for nothing. Where it is little, it saves a second attempt for tiles that shrink less.
    std::size_t compress(std::string_view bytes) {
        constexpr std::size_t frame = 1024;
        std::size_t const most = libdeflate_gzip_compress_bound(compressor.get(), bytes.size());
        std::size_t const size = compress(bytes, bytes.size() > large ? bytes.size() / 2 + frame : most);
        return size == 0 ? compress(bytes, most) : size;
    }

    /// What was compressed; much room is given back.
    std::string take(std::size_t size) {
        std::string packed{room.get(), size};
        if (room_size > large) {
            room.reset();
            room_size = 0;
        }
        return packed;
    }
};

GzipCompressor::GzipCompressor() : m_state{std::make_unique<State>()} {
    m_state->compressor.reset(libdeflate_alloc_compressor(gzip_level));
    if (!m_state->compressor) {
        throw std::bad_alloc{};
    }
}

GzipCompressor::GzipCompressor(GzipCompressor&&) noexcept = default;
GzipCompressor& GzipCompressor::operator=(GzipCompressor&&) noexcept = default;
GzipCompressor::~GzipCompressor() = default;

std::string GzipCompressor::compress(std::string_view bytes) {
    std::size_t const size = m_state->compress(bytes);
    return m_state->take(size);
}

std::string GzipCompressor::compress_away(std::string& bytes) {
    std::size_t const size = m_state->compress(bytes);
    bytes.clear();
    if (bytes.capacity() > large) {
        std::string{}.swap(bytes);
    }
    return m_state->take(size);
}

std::string gunzip(std::string_view bytes, std::size_t max_bytes) {
    constexpr std::size_t smallest = 18; // header and trailer
    if (bytes.size() < smallest || !is_gzip(bytes)) {
        fail<FormatError>("gzip: {} bytes that are no gzip data", bytes.size());
    }
    // Deflate cannot do better than 1032:1, so a small file that claims much is refused before it costs.
    std::size_t const stated = stated_size(bytes);
    if (stated > max_bytes || stated / 1040 > bytes.size()) {
        fail<FormatError>("gzip: content of {} bytes; at most {} are read", stated, max_bytes);
    }
    std::unique_ptr<libdeflate_decompressor, FreeDecompressor> const decompressor{
        libdeflate_alloc_decompressor()};
    if (!decompressor) {
        throw std::bad_alloc{};
    }
    std::string content(stated, '\0');
    std::size_t actual = 0;
    libdeflate_result const result = libdeflate_gzip_decompress(
        decompressor.get(), bytes.data(), bytes.size(), content.data(), content.size(), &actual);
    if (result != LIBDEFLATE_SUCCESS || actual != content.size()) {
        fail<FormatError>("gzip: the data is damaged");
    }
    return content;
}

std::string zstd(std::string_view bytes, Effort effort) {
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    std::size_t const size = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(),
                                           effort == Effort::quick ? 1 : zstd_level);
    if (ZSTD_isError(size) != 0) {
        throw std::bad_alloc{};
    }
    packed.resize(size);
    return packed;
}

std::string unzstd(std::string_view bytes, std::size_t max_bytes) {
    unsigned long long const stated = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (stated == ZSTD_CONTENTSIZE_ERROR || stated == ZSTD_CONTENTSIZE_UNKNOWN) {
        fail<FormatError>("zstd: {} bytes that are no frame of stated size", bytes.size());
    }
    // A frame of three bytes can stand for 128 KiB and no more, so what claims much is refused before it
    // costs.
    if (stated > max_bytes || stated / (std::size_t{128} << 10U) > bytes.size()) {
        fail<FormatError>("zstd: content of {} bytes; at most {} are read", stated, max_bytes);
    }
    std::string content(static_cast<std::size_t>(stated), '\0');
    std::size_t const size = ZSTD_decompress(content.data(), content.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0 || size != content.size()) {
        fail<FormatError>("zstd: the data is damaged");
    }
    return content;
}

} // namespace kharita::tile
