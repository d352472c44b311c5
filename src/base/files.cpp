#include "base/files.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <unistd.h>
#include <zlib.h>

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

struct CloseGzip {
    void operator()(gzFile_s* file) const noexcept { gzclose(file); }
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

std::string read_unpacked_file(std::filesystem::path const& file, std::size_t max_bytes) {
    std::string const name = file == "-" ? "standard input" : file.string();
    if (std::filesystem::is_directory(file)) {
        fail<InputError>("{}: is a directory; expected a file", name);
    }
    errno = 0;
    std::unique_ptr<gzFile_s, CloseGzip> const stream{file == "-" ? gzdopen(dup(STDIN_FILENO), "rb")
                                                                  : gzopen(file.c_str(), "rb")};
    if (!stream) {
        fail<InputError>("{}: {}", name, system_message(errno == 0 ? ENOMEM : errno));
    }
    std::string content;
    std::array<char, 65536> buffer{};
    for (;;) {
        int const got = gzread(stream.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        if (got > 0) {
            content.append(buffer.data(), static_cast<std::size_t>(got));
            if (content.size() > max_bytes) {
                fail<InputError>("{}: larger than {} bytes", name, max_bytes);
            }
            continue;
        }
        int status = Z_OK;
        char const* const message = gzerror(stream.get(), &status);
        if (got < 0 || (status != Z_OK && status != Z_STREAM_END)) {
            fail<InputError>("{}: {}", name,
                             status == Z_ERRNO ? system_message(errno) : std::string{message});
        }
        return content;
    }
}

} // namespace kharita
