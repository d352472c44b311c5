#include "base/zip.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <zlib.h>

#include "base/error.hpp"
#include "base/output_file.hpp"

namespace kharita {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t end_size = 22;
constexpr std::size_t entry_size = 46;
constexpr std::size_t header_size = 30;
constexpr std::size_t longest_comment = 65'535;
constexpr std::size_t block_size = std::size_t{1} << 18U;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t size) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

std::ifstream open(fs::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) {
        fail<InputError>("{}: {}", file.string(), system_message(errno == 0 ? ENOENT : errno));
    }
    return stream;
}

std::string read_at(std::ifstream& stream, std::uint64_t offset, std::size_t size) {
    std::string bytes(size, '\0');
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(offset));
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return bytes;
}

[[noreturn]] void damaged(fs::path const& archive, std::string_view what) {
    fail<InputError>("{}: is a damaged ZIP archive: {}; fetch it anew", archive.string(), what);
}

/// zlib's state for a raw deflate stream.
class Inflater {
public:
    Inflater() {
        if (inflateInit2(&m_stream, -MAX_WBITS) != Z_OK) {
            fail<InputError>("zlib cannot be started");
        }
    }
    Inflater(Inflater const&) = delete;
    Inflater& operator=(Inflater const&) = delete;
    Inflater(Inflater&&) = delete;
    Inflater& operator=(Inflater&&) = delete;
    ~Inflater() { inflateEnd(&m_stream); }

    z_stream& stream() noexcept { return m_stream; }

private:
    z_stream m_stream{};
};

/// What is written, counted and checked.
class Unpacked {
public:
    Unpacked(fs::path const& archive, ZipMember const& member, fs::path const& target)
        : m_archive{archive},
          m_member{member},
          m_output{target, Overwrite::replace} {}

    void write(std::string_view bytes) {
        m_size += bytes.size();
        if (m_size > m_member.size) {
            damaged(m_archive, m_member.name + " is longer than announced");
        }
        m_crc = ::crc32(m_crc, reinterpret_cast<Bytef const*>(bytes.data()), static_cast<uInt>(bytes.size()));
        m_output.write(bytes);
    }
    void commit() {
        if (m_size != m_member.size || m_crc != m_member.crc) {
            damaged(m_archive, m_member.name + " is not what was packed");
        }
        m_output.commit();
    }

private:
    fs::path const& m_archive;
    ZipMember const& m_member;
    OutputFile m_output;
    std::uint64_t m_size = 0;
    uLong m_crc = 0;
};

void inflate_into(Unpacked& target, std::ifstream& stream, fs::path const& archive, ZipMember const& member) {
    Inflater inflater;
    z_stream& zlib = inflater.stream();
    std::string packed(block_size, '\0');
    std::string unpacked(block_size, '\0');
    std::uint64_t left = member.packed_size;
    int status = Z_OK;
    while (status != Z_STREAM_END) {
        if (zlib.avail_in == 0) {
            stream.read(packed.data(),
                        static_cast<std::streamsize>(std::min<std::uint64_t>(left, block_size)));
            auto const got = static_cast<std::uint64_t>(stream.gcount());
            if (got == 0) {
                damaged(archive, member.name + " is cut off");
            }
            left -= got;
            zlib.next_in = reinterpret_cast<Bytef*>(packed.data());
            zlib.avail_in = static_cast<uInt>(got);
        }
        zlib.next_out = reinterpret_cast<Bytef*>(unpacked.data());
        zlib.avail_out = static_cast<uInt>(unpacked.size());
        status = inflate(&zlib, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
            damaged(archive, member.name + " cannot be unpacked");
        }
        target.write(std::string_view{unpacked}.substr(0, unpacked.size() - zlib.avail_out));
    }
}

} // namespace

bool is_zip(fs::path const& file) {
    std::ifstream stream = open(file);
    return read_at(stream, 0, 4) == "PK\x03\x04";
}

std::vector<ZipMember> list_zip(fs::path const& archive) {
    std::ifstream stream = open(archive);
    std::uint64_t const size = fs::file_size(archive);
    std::uint64_t const tail_size = std::min<std::uint64_t>(size, end_size + longest_comment);
    std::string const tail = read_at(stream, size - tail_size, tail_size);
    std::size_t const end =
        tail.size() < end_size ? std::string::npos : tail.rfind("PK\x05\x06", tail.size() - end_size);
    if (end == std::string::npos) {
        fail<InputError>("{}: is no ZIP archive, or is cut off: it has no directory at its end",
                         archive.string());
    }
    std::uint32_t const count = little(tail, end + 10, 2);
    std::uint32_t const directory_size = little(tail, end + 12, 4);
    std::uint32_t const offset = little(tail, end + 16, 4);
    if (count == 0xFFFF || offset == 0xFFFF'FFFF || std::uint64_t{offset} + directory_size > size) {
        damaged(archive, "its directory is not where it should be, or it is larger than 4 GiB");
    }
    std::string const directory = read_at(stream, offset, directory_size);
    std::vector<ZipMember> members;
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (at + entry_size > directory.size() ||
            !std::string_view{directory}.substr(at).starts_with("PK\x01\x02")) {
            damaged(archive, "its directory");
        }
        std::size_t const name = little(directory, at + 28, 2);
        std::size_t const rest = little(directory, at + 30, 2) + little(directory, at + 32, 2);
        if (at + entry_size + name > directory.size()) {
            damaged(archive, "its directory");
        }
        if ((little(directory, at + 8, 2) & 1U) != 0) {
            fail<InputError>("{}: is encrypted", archive.string());
        }
        members.push_back({directory.substr(at + entry_size, name), little(directory, at + 24, 4),
                           little(directory, at + 20, 4), little(directory, at + 42, 4),
                           little(directory, at + 16, 4),
                           static_cast<std::uint16_t>(little(directory, at + 10, 2))});
        at += entry_size + name + rest;
    }
    return members;
}

void unpack_zip(fs::path const& archive, ZipMember const& member, fs::path const& target) {
    std::ifstream stream = open(archive);
    std::string const header = read_at(stream, member.offset, header_size);
    if (header.size() != header_size || !header.starts_with("PK\x03\x04")) {
        damaged(archive, member.name + " has no header");
    }
    if (member.method != 0 && member.method != Z_DEFLATED) {
        fail<InputError>("{}: {} is packed by method {}; only deflate is known", archive.string(),
                         member.name, member.method);
    }
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(member.offset + header_size + little(header, 26, 2) +
                                             little(header, 28, 2)));
    Unpacked unpacked{archive, member, target};
    if (member.method == Z_DEFLATED) {
        inflate_into(unpacked, stream, archive, member);
    } else {
        std::string block(block_size, '\0');
        for (std::uint64_t left = member.size; left > 0;) {
            stream.read(block.data(),
                        static_cast<std::streamsize>(std::min<std::uint64_t>(left, block_size)));
            auto const got = static_cast<std::uint64_t>(stream.gcount());
            if (got == 0) {
                damaged(archive, member.name + " is cut off");
            }
            left -= got;
            unpacked.write(std::string_view{block}.substr(0, got));
        }
    }
    unpacked.commit();
}

} // namespace kharita
