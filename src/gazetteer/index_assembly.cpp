#include "gazetteer/index_assembly.hpp"

#include "gazetteer/index_image.hpp"

namespace kharita::gazetteer {

std::string assemble_index(std::array<std::string, section_count>& sections, IndexFacts const& facts) {
    std::string bytes(index_header_size, '\0');
    bytes.replace(0, index_magic.size(), index_magic);
    store_little(index_version, bytes.data() + header_at::version);
    store_little(static_cast<std::uint32_t>(index_block_size), bytes.data() + header_at::block_size);
    store_little(std::uint64_t{facts.places}, bytes.data() + header_at::place_count);
    store_little(std::uint64_t{sections[static_cast<std::size_t>(Section::names)].size() / NameRecord::size},
                 bytes.data() + header_at::name_count);
    store_little(std::uint64_t{section_count}, bytes.data() + header_at::sections);
    bytes.replace(header_at::content_hash, 64, facts.content_hash);
    bytes.replace(header_at::input_hash, 64, facts.input_hash);
    store_little(facts.longest_name, bytes.data() + header_at::longest_name);
    std::size_t total = index_header_size;
    for (std::string const& section : sections) {
        total += section.size() + index_alignment;
    }
    bytes.reserve(total + total / index_block_size * sizeof(std::uint64_t) + index_alignment);
    auto const place_section = [&](std::size_t i, std::size_t size) {
        char* const entry = bytes.data() + header_at::table + 16 * i;
        store_little(std::uint64_t{bytes.size()}, entry);
        store_little(std::uint64_t{size}, entry + 8);
    };
    for (std::size_t i = 1; i < section_count; ++i) {
        place_section(i, sections[i].size());
        bytes += sections[i];
        std::string{}.swap(sections[i]); // a large one need not be there twice
        bytes.resize((bytes.size() + index_alignment - 1) / index_alignment * index_alignment);
    }
    std::size_t const blocks = (bytes.size() - index_header_size + index_block_size - 1) / index_block_size;
    place_section(static_cast<std::size_t>(Section::checksums), blocks * sizeof(std::uint64_t));
    bytes.resize(bytes.size() + blocks * sizeof(std::uint64_t));
    store_little(std::uint64_t{bytes.size()}, bytes.data() + header_at::file_size);
    seal_index(bytes);
    return bytes;
}

} // namespace kharita::gazetteer
