#include "gazetteer/index_image.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/mapped_file.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::string_view way_out = "; make it anew with `kharita gazetteer build`";

std::uint64_t blocks_of(std::uint64_t bytes) noexcept {
    return (bytes + index_block_size - 1) / index_block_size;
}

std::string_view name_of(Section section) noexcept {
    constexpr std::array<std::string_view, section_count> names{
        "checksums", "features",         "places",         "ids",   "id_groups", "details",
        "names",     "name_buckets",     "filter",         "heads", "refs",      "ref_buckets",
        "spellings", "spelling_buckets", "spelling_filter"};
    return names[static_cast<std::size_t>(section)];
}

} // namespace

struct IndexImage::Storage {
    explicit Storage(std::string given) : owned{std::move(given)} {}
    explicit Storage(std::filesystem::path const& file) : mapping{std::make_unique<MappedFile>(file)} {}
    std::string_view bytes() const noexcept { return mapping ? mapping->bytes() : std::string_view{owned}; }

    std::string owned;
    std::unique_ptr<MappedFile> mapping;
};

IndexImage::IndexImage(std::unique_ptr<Storage> storage, std::string name)
    : m_storage{std::move(storage)},
      m_name{std::move(name)},
      m_bytes{m_storage->bytes()} {
    read_header();
}
IndexImage::IndexImage(IndexImage&&) noexcept = default;
IndexImage& IndexImage::operator=(IndexImage&&) noexcept = default;
IndexImage::~IndexImage() = default;

IndexImage IndexImage::map(std::filesystem::path const& file) {
    return {std::make_unique<Storage>(file), file.string()};
}

IndexImage IndexImage::own(std::string bytes, std::string name) {
    return {std::make_unique<Storage>(std::move(bytes)), std::move(name)};
}

void IndexImage::read_header() {
    if (m_bytes.size() < index_header_size) {
        fail<InputError>("{}: {} bytes are too few for a compiled gazetteer{}", m_name, m_bytes.size(),
                         way_out);
    }
    if (!m_bytes.starts_with(index_magic)) {
        fail<InputError>("{}: not a compiled gazetteer{}", m_name, way_out);
    }
    char const* const header = m_bytes.data();
    auto const version = load_little<std::uint32_t>(header + header_at::version);
    if (version != index_version) {
        fail<InputError>("{}: a compiled gazetteer of format {}; this program reads format {}{}", m_name,
                         version, index_version, way_out);
    }
    if (load_little<std::uint64_t>(header + header_at::checksum) !=
        xxh3(m_bytes.substr(0, header_at::checksum))) {
        fail<InputError>("{}: damaged: the header does not have its checksum{}", m_name, way_out);
    }
    auto const file_size = load_little<std::uint64_t>(header + header_at::file_size);
    if (file_size != m_bytes.size()) {
        fail<InputError>("{}: damaged: {} bytes long; the header says {}{}", m_name, m_bytes.size(),
                         file_size, way_out);
    }
    if (load_little<std::uint32_t>(header + header_at::block_size) != index_block_size ||
        load_little<std::uint64_t>(header + header_at::sections) != section_count) {
        malformed("the header's sizes");
    }
    m_longest_name = load_little<std::uint32_t>(header + header_at::longest_name);
    m_content_hash = m_bytes.substr(header_at::content_hash, 64);
    m_input_hash = m_bytes.substr(header_at::input_hash, 64);
    read_sections();
}

void IndexImage::read_sections() {
    char const* const header = m_bytes.data();
    for (std::size_t i = 0; i < section_count; ++i) {
        char const* const entry = header + header_at::table + 16 * i;
        Extent& extent = m_sections[i];
        extent = {load_little<std::uint64_t>(entry), load_little<std::uint64_t>(entry + 8)};
        if (extent.offset < index_header_size || extent.offset > m_bytes.size() ||
            extent.size > m_bytes.size() - extent.offset) {
            outside(static_cast<Section>(i));
        }
    }
    auto const places = load_little<std::uint64_t>(header + header_at::place_count);
    auto const names = load_little<std::uint64_t>(header + header_at::name_count);
    constexpr std::uint64_t most = 0xFFFF'FFFE;
    if (places > most || names > most || size(Section::places) != places * PlaceRecord::size ||
        size(Section::names) != names * NameRecord::size) {
        malformed("the number of places or names");
    }
    m_place_count = static_cast<std::uint32_t>(places);
    m_name_count = static_cast<std::uint32_t>(names);
    // The checksums come last, so all between them and the header is what they are of.
    Extent const& checksums = extent(Section::checksums);
    m_block_count = blocks_of(checksums.offset - index_header_size);
    if (checksums.size != m_block_count * sizeof(std::uint64_t) ||
        checksums.offset + checksums.size != m_bytes.size()) {
        malformed("the number of checksums");
    }
    if (load_little<std::uint64_t>(header + header_at::checksums_checksum) !=
        xxh3(m_bytes.substr(checksums.offset, checksums.size))) {
        fail<InputError>("{}: damaged: the list of checksums does not have its own{}", m_name, way_out);
    }
    m_checked = std::make_unique<std::atomic<std::uint8_t>[]>(m_block_count); // NOLINT(*-avoid-c-arrays)
}

void IndexImage::check_block(std::uint64_t block) const {
    std::uint64_t const begin = index_header_size + block * index_block_size;
    std::uint64_t const end =
        std::min<std::uint64_t>(begin + index_block_size, extent(Section::checksums).offset);
    char const* const expected =
        m_bytes.data() + extent(Section::checksums).offset + block * sizeof(std::uint64_t);
    if (xxh3(m_bytes.substr(begin, end - begin)) != load_little<std::uint64_t>(expected)) {
        fail<InputError>("{}: damaged: bytes {} to {} do not have their checksum{}", m_name, begin, end,
                         way_out);
    }
    m_checked[block].store(1, std::memory_order_release);
}

void IndexImage::outside(Section section) const {
    fail<InputError>("{}: damaged: something of the section \"{}\" lies outside it{}", m_name,
                     name_of(section), way_out);
}

void IndexImage::malformed(std::string_view what) const {
    fail<InputError>("{}: damaged: {} cannot be{}", m_name, what, way_out);
}

bool is_index_file(std::filesystem::path const& file) {
    std::array<char, index_magic.size()> front{};
    std::ifstream{file, std::ios::binary}.read(front.data(), front.size());
    return std::string_view{front.data(), front.size()} == index_magic;
}

void seal_index(std::string& bytes) {
    char* const header = bytes.data();
    auto const checksums = load_little<std::uint64_t>(header + header_at::table);
    std::string_view const body =
        std::string_view{bytes}.substr(index_header_size, checksums - index_header_size);
    for (std::size_t block = 0; block < blocks_of(body.size()); ++block) {
        store_little(xxh3(body.substr(block * index_block_size, index_block_size)),
                     bytes.data() + checksums + block * sizeof(std::uint64_t));
    }
    store_little(xxh3(std::string_view{bytes}.substr(checksums)), header + header_at::checksums_checksum);
    store_little(xxh3(std::string_view{bytes}.substr(0, header_at::checksum)), header + header_at::checksum);
}

} // namespace kharita::gazetteer
