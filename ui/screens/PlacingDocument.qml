pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

// Place the document: how, as an animation; and what the camera sees, live, with what to change.
CameraScreen {
    id: root

    required property KioskViewModel kiosk

    cameraPlace: camera.place

    Column {
        id: message

        x: Theme.margin
        y: Theme.portrait ? 64 : 56
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.46 - Theme.margin
        spacing: 20

        Label {
            width: parent.width
            text: qsTr("Place your document")
            font.pixelSize: Theme.title
            font.bold: true
            lineHeight: 1.05
        }
        Repeater {
            model: root.kiosk.languageOpen ? root.kiosk.languages : null
            Label {
                required property int index
                required property string tag
                required property string greeting
                visible: index === (root.kiosk.language === root.kiosk.hallLanguage ? 1 : 0)
                width: message.width
                text: greeting
                font.family: tag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                font.pixelSize: 48
                font.bold: true
                color: Theme.primary
                lineHeight: 1.05
            }
        }
        Label {
            width: parent.width
            text: qsTr("Passport: open at the photo page, photo down, flat on the glass. Card: lay it on the reader.")
            color: Theme.inkSoft
        }
        Row {
            width: parent.width
            spacing: 20
            Icon {
                id: codeIcon
                path: Icons.code
                size: 48
                color: Theme.inkSoft
            }
            Label {
                width: parent.width - codeIcon.width - 20
                text: qsTr("Or hold your appointment code to the glass.")
                color: Theme.inkSoft
            }
        }
    }

    CameraCard {
        id: camera

        x: Theme.portrait ? Theme.margin : root.width * 0.5
        y: Theme.portrait ? message.y + message.height + 40 : 56
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.5 - Theme.margin
        height: Theme.portrait ? 540 : Math.min(width * 0.62, root.height - 112 - banner.height - 28)
    }

    HintBanner {
        id: banner

        kiosk: root.kiosk
        x: camera.x
        y: camera.y + camera.height + 28
        width: camera.width
    }

    PlacementPicture {
        readonly property real ceiling: Theme.portrait ? banner.y + banner.height : message.y + message.height
        readonly property real room: root.height - ceiling

        x: (Theme.portrait ? root.width : root.width * 0.5) / 2 - width / 2
        y: ceiling + (room - height) / 2
        scale: Math.min(1, (room - 48) / height)
    }
}
