pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// Nobody is there. Placing a document begins a visit; so does a touch.
Item {
    id: root

    required property KioskViewModel kiosk
    readonly property bool many: kiosk.languages.count > 2
    readonly property int tilesShown: Theme.portrait ? 4 : 2

    Column {
        id: greetings

        x: Theme.margin
        y: Theme.portrait ? 84 : 52
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.5 - Theme.margin
        spacing: 20

        Repeater {
            model: root.kiosk.languages
            Label {
                required property int index
                required property string greeting
                required property string tag
                visible: index < 2
                width: greetings.width
                horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
                text: greeting
                font.family: tag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                font.pixelSize: index === 0 ? 80 : Theme.portrait ? 60 : 50
                font.bold: true
                lineHeight: 1.05
                color: index === 0 ? Theme.ink : Theme.primary
            }
        }
        Row {
            x: Theme.portrait ? (greetings.width - width) / 2 : 0
            spacing: 24
            topPadding: 16

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                path: Icons.code
                size: 60
                color: Theme.inkSoft
            }
            Column {
                Repeater {
                    model: root.kiosk.languages
                    Label {
                        required property int index
                        required property string codeHint
                        required property string tag
                        visible: index < 2
                        text: codeHint
                        color: Theme.inkSoft
                        font.family: tag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                        font.pixelSize: 34
                    }
                }
            }
        }
    }

    PlacementPicture {
        readonly property real room: tiles.y - greetings.y - greetings.height - 40

        x: Theme.portrait ? (root.width - width) / 2 : root.width * 0.5 + (root.width * 0.5 - width) / 2
        y: Theme.portrait ? greetings.y + greetings.height + (tiles.y - greetings.y - greetings.height - height) / 2 : (root.height - height) / 2
        scale: Theme.portrait ? Math.min(1.2, room / height) : 1.12

        TapHandler {
            onTapped: root.kiosk.startPressed()
        }
    }

    GridLayout {
        id: tiles

        x: Theme.margin
        y: root.height - height - (Theme.portrait ? 64 : 56)
        width: greetings.width
        columns: 2
        columnSpacing: 32
        rowSpacing: 32
        uniformCellWidths: true

        Repeater {
            model: root.kiosk.languages
            LanguageTile {
                required property string tag
                required property string name
                required property string start
                required property int index
                visible: index < root.tilesShown
                objectName: "start-" + tag
                Layout.fillWidth: true
                Layout.preferredHeight: root.many ? (Theme.portrait ? 136 : 112) : Theme.portrait ? 216 : 184
                title: name
                caption: root.many ? "" : start
                languageTag: tag
                onTapped: root.kiosk.languageChosen(tag)
            }
        }
        KioskButton {
            objectName: "otherLanguages"
            Layout.fillWidth: true
            Layout.columnSpan: 2
            visible: root.kiosk.languages.count > root.tilesShown
            kind: KioskButton.Secondary
            icon: Icons.globe
            text: qsTr("Other languages")
            onTapped: root.kiosk.startPressed()
        }
    }
}
