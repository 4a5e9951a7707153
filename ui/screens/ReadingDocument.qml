pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

// The document is being read: leave it where it is, or do what the camera asks for.
CameraScreen {
    id: root

    required property KioskViewModel kiosk
    readonly property var order: ["printedPage", "chipAccess", "chipData", "chipProof"]
    readonly property var steps: kiosk.step === "idCard" ? [[qsTr("Chip of the card"), 0, 0]] : [[qsTr("Printed page"), 0, 0], [qsTr("Chip"), 1, 2], [qsTr("Authenticity"), 3, 3]]
    readonly property int now: Math.max(0, order.indexOf(kiosk.step))

    // A chip is often noticed a moment before the camera sees what is being laid down: nobody is told
    // to do better while still at it.
    property bool laidDown: !Theme.animated

    cameraPlace: camera.place
    cameraWanted: kiosk.step === "printedPage"

    Timer {
        interval: 600
        running: !root.laidDown
        onTriggered: root.laidDown = true
    }

    Column {
        id: message

        x: Theme.margin
        y: Theme.portrait ? 64 : 56
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.46 - Theme.margin
        spacing: 20

        Label {
            width: parent.width
            text: qsTr("Reading your document")
            font.pixelSize: Theme.title
            font.bold: true
            lineHeight: 1.05
        }
        Repeater {
            model: root.kiosk.languageOpen ? root.kiosk.languages : null
            Label {
                required property int index
                required property string tag
                required property string reading
                visible: index === (root.kiosk.language === root.kiosk.hallLanguage ? 1 : 0)
                width: message.width
                text: reading
                font.family: tag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                font.pixelSize: 48
                font.bold: true
                color: Theme.primary
                lineHeight: 1.05
            }
        }
        // Both have their room, so that nothing moves when one takes the place of the other.
        Item {
            width: parent.width
            height: Math.max(wait.height, advice.height)

            Label {
                id: wait
                width: parent.width
                visible: !advice.visible
                text: qsTr("Leave it where it is. This takes a few seconds.")
                color: Theme.inkSoft
            }
            Label {
                id: advice
                width: parent.width
                visible: banner.visible && !banner.fine
                text: qsTr("Not read yet: please do what is shown.")
                color: Theme.inkSoft
            }
        }
    }

    CameraCard {
        id: camera

        done: root.now > 0
        x: Theme.portrait ? Theme.margin : root.width * 0.5
        y: Theme.portrait ? message.y + message.height + 40 : 56
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.5 - Theme.margin
        height: Theme.portrait ? Math.min(540, root.height - y - banner.height - card.height - 104) : Math.min(width * 0.62, root.height - 112 - banner.height - 28)
    }

    HintBanner {
        id: banner

        kiosk: root.kiosk
        visible: fine || root.laidDown
        x: camera.x
        y: camera.y + camera.height + 28
        width: camera.width
    }

    Card {
        id: card

        x: Theme.margin
        y: Theme.portrait ? banner.y + banner.height + 28 : message.y + message.height + 40
        width: message.width
        height: progress.height + 2 * progress.y

        Column {
            id: progress

            x: 48
            y: Theme.portrait ? 40 : 32
            width: parent.width - 96
            spacing: Theme.portrait ? 32 : 20

            Item {
                width: parent.width
                height: 32

                Rectangle {
                    anchors.fill: parent
                    radius: 16
                    color: Theme.primarySoft
                    border.width: 2
                    border.color: Theme.line
                }
                Rectangle {
                    width: Math.max(32, parent.width * root.kiosk.fraction)
                    height: 32
                    radius: 16
                    color: Theme.primary
                    Behavior on width {
                        enabled: Theme.animated
                        NumberAnimation { duration: 250 }
                    }
                }
                Accessible.role: Accessible.ProgressBar
                Accessible.name: qsTr("Reading your document")
            }
            Repeater {
                model: root.steps
                ReadingStep {
                    required property var modelData
                    width: progress.width
                    text: modelData[0]
                    done: root.now > modelData[2]
                    current: root.now >= modelData[1] && !done
                }
            }
        }
    }
}
