#include "base/files.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "base/error.hpp"

namespace kharita {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept {
        if (file != stdin) {
            std::fclose(file);
        }
    }
};

} // namespace

std::string read_file(std::filesystem::path const& file, std::size_t max_bytes) {
    if (std::filesystem::is_directory(file)) {
        fail<InputError>("{}: is a directory; expected a file", file.string());
    }
    std::unique_ptr<std::FILE, CloseFile> const stream{file == "-" ? stdin : std::fopen(file.c_str(), "rb")};
    if (!stream) {
        fail<InputError>("{}: {}", file.string(), system_message(errno));
    }
    std::string content;
    std::array<char, 65536> buffer{};
    while (std::size_t const got = std::fread(buffer.data(), 1, buffer.size(), stream.get())) {
        content.append(buffer.data(), got);
        if (content.size() > max_bytes) {
            fail<InputError>("{}: larger than {} bytes", file.string(), max_bytes);
        }
    }
    if (std::ferror(stream.get()) != 0) {
        fail<InputError>("{}: {}", file.string(), system_message(errno));
    }
    return content;
}

} // namespace kharita
