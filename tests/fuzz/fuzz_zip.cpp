#include "base/error.hpp"
#include "base/zip.hpp"
#include "support.hpp"

// A ZIP archive: its files, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::filesystem::path const file = kharita::fuzz::as_file(data, size, "zip");
    std::filesystem::path const target = file.string() + ".out";
    try {
        for (kharita::ZipMember const& member : kharita::list_zip(file)) {
            if (member.size < 1U << 20U) {
                kharita::unpack_zip(file, member, target);
                kharita::fuzz::require(std::filesystem::file_size(target) == member.size,
                                       "whole or not at all");
            }
        }
    } catch (kharita::InputError const&) { // the documented answer
    }
    std::filesystem::remove(file);
    std::filesystem::remove(target);
    return 0;
}
